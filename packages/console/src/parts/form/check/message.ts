import type { JsonValue } from '../schema/json.ts'
import { type FormWords, isFormWord } from '../words.ts'
import type { FormProblem } from './problems.ts'

/** A problem in the reader's language, by its keyword. Keywords without words of their own are named. */
export function messageOf({ keyword, limit }: Pick<FormProblem, 'keyword' | 'limit'>, t: FormWords, language: string): string {
  switch (keyword) {
    case 'type': {
      const type = Array.isArray(limit) ? limit.find((one) => one !== 'null') : limit
      return t(typeof type === 'string' && isFormWord(`type.${type}`) ? (`type.${type}` as 'type') : 'type')
    }
    case 'format': {
      const key = `format.${typeof limit === 'string' ? limit : ''}`
      return isFormWord(key) ? t(key) : t('format', { limit })
    }
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
      return t(keyword, { count: typeof limit === 'number' ? limit : 1 })
    case 'required':
    case 'uniqueItems':
    case 'enum':
    case 'unknown':
      return t(keyword)
    case 'pattern':
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
    case 'multipleOf':
    case 'const':
    case 'syntax':
      return t(keyword, { limit: shown(limit, language) })
    default:
      return t('other', { keyword })
  }
}

function shown(limit: JsonValue | undefined, language: string): string {
  if (typeof limit === 'number') return new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(limit)
  return typeof limit === 'string' ? limit : JSON.stringify(limit)
}
