/**
 * What AEM rules ask about, in CEL: an entry of the workflow's metadata (`data.…`), the payload's path and the initiator.
 *
 * An entry that is not there is null in AEM, so a comparison first asks `has(…)`. An entry whose name is no CEL name is not
 * translated: `has` cannot ask for it.
 */
import { all, any, type CompareOp, type Condition, constant, not } from './condition.ts'

export type Literal = string | number | boolean

/** JSON types that rules compare; `other` is compared with nothing. */
export type DataType = 'string' | 'number' | 'boolean' | 'other'

/** A text that is always there, or an entry that may be missing. */
export type Subject =
  | { readonly kind: 'text'; readonly cel: 'payload.path' | 'initiator' }
  | { readonly kind: 'entry'; readonly key: string; readonly fallback?: Literal }

export const PAYLOAD: Subject = { kind: 'text', cel: 'payload.path' }

/** AEM keeps who started the workflow under these keys; Millrace has a name for it. */
const INITIATOR_KEYS = ['initiator', 'userId']

/** The entry of the workflow's metadata with this key, or undefined when expressions cannot name it. */
export function entrySubject(
  key: string,
  { fallback, uses }: { readonly fallback?: Literal | undefined; readonly uses: Uses },
): Subject | undefined {
  if (INITIATOR_KEYS.includes(key) && !uses.has(key)) return { kind: 'text', cel: 'initiator' }
  if (!isName(key)) return undefined
  return { kind: 'entry', key, ...(fallback === undefined ? {} : { fallback }) }
}

/** Entries of data a rule reads, with the type it takes them to be; absent = it only asks whether they are there. */
export type Uses = Map<string, DataType | undefined>

export type TextTest = 'startsWith' | 'endsWith' | 'contains'

/** The condition, or undefined when the two cannot be compared as AEM would. Records what it reads in `uses`. */
export function compare(
  subject: Subject,
  { op, literal, uses }: { readonly op: CompareOp; readonly literal: Literal | null; readonly uses: Uses },
): Condition | undefined {
  if (subject.kind === 'text') {
    return typeof literal === 'string' ? { kind: 'compare', left: subject.cel, op, right: celLiteral(literal) } : undefined
  }
  if (literal === null) return compareWithNull(subject, op, uses)
  const missing = compareMissing(subject.fallback, op, literal)
  if (missing === undefined || !use(uses, subject.key, typeof literal as DataType)) return undefined
  return present(subject.key, missing, { kind: 'compare', left: `data.${subject.key}`, op, right: celLiteral(literal) })
}

export function testText(
  subject: Subject,
  { test, text, uses }: { readonly test: TextTest; readonly text: string; readonly uses: Uses },
): Condition | undefined {
  if (subject.kind === 'text') return { kind: 'test', cel: `${subject.cel}.${test}(${celLiteral(text)})` }
  const { key, fallback } = subject
  // Without a fallback AEM's script would fail on null; a missing entry passes no test.
  if (fallback !== undefined && typeof fallback !== 'string') return undefined
  if (!use(uses, key, 'string')) return undefined
  return present(key, fallback !== undefined && textTest(fallback, test, text), {
    kind: 'test',
    cel: `data.${key}.${test}(${celLiteral(text)})`,
  })
}

/** The entry as a truth value: only of entries known to be booleans. */
export function isTruthy(subject: Subject, uses: Uses): Condition | undefined {
  if (subject.kind === 'text') return undefined
  return typeof subject.fallback === 'boolean' || uses.get(subject.key) === 'boolean'
    ? compare(subject, { op: '==', literal: true, uses })
    : undefined
}

export function isPresent(key: string, uses: Uses): Condition {
  if (!uses.has(key)) uses.set(key, undefined)
  return { kind: 'test', cel: celHas(key) }
}

function compareWithNull(subject: Extract<Subject, { kind: 'entry' }>, op: CompareOp, uses: Uses): Condition | undefined {
  if (op !== '==' && op !== '!=') return undefined
  const isMissing = subject.fallback === undefined ? not(isPresent(subject.key, uses)) : constant(false)
  return op === '==' ? isMissing : not(isMissing)
}

/** What the comparison gives when the entry is missing, or undefined when AEM's answer would be an accident of coercion. */
function compareMissing(fallback: Literal | undefined, op: CompareOp, literal: Literal): boolean | undefined {
  if (fallback === undefined) return op === '==' ? false : op === '!=' ? true : undefined
  // A string default is the usual way to say "nothing there", whatever the type.
  if (typeof fallback !== typeof literal) return fallback === '' && op === '==' ? false : fallback === '' && op === '!=' ? true : undefined
  switch (op) {
    case '==':
      return fallback === literal
    case '!=':
      return fallback !== literal
    default:
      return typeof literal === 'number' ? order(Number(fallback), op, literal) : undefined
  }
}

function order(left: number, op: '<' | '<=' | '>' | '>=', right: number): boolean {
  if (op === '<') return left < right
  if (op === '<=') return left <= right
  return op === '>' ? left > right : left >= right
}

function textTest(value: string, test: TextTest, text: string): boolean {
  return test === 'contains' ? value.includes(text) : value[test](text)
}

function present(key: string, whenMissing: boolean, condition: Condition): Condition {
  const has: Condition = { kind: 'test', cel: celHas(key) }
  return whenMissing ? any(not(has), condition) : all(has, condition)
}

/** False when the entry is known to be of another type. */
function use(uses: Uses, key: string, type: DataType): boolean {
  const known = uses.get(key)
  if (known !== undefined && known !== type) return false
  uses.set(key, type)
  return true
}

const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
)

function isName(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !RESERVED.has(key)
}

function celHas(key: string): string {
  return `has(data.${key})`
}

export function celLiteral(value: Literal): string {
  if (typeof value !== 'string') return String(value)
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[^\u0020-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `'${escaped}'`
}
