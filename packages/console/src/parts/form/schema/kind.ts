import { isList, isObject, type JsonSchema, type JsonValue } from './json.ts'
import { variantsOf } from './variant.ts'

/** Which widget shows a schema. */
export type Kind =
  | 'short'
  | 'long'
  | 'markdown'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'date'
  | 'date-time'
  | 'values'
  | 'records'
  | 'record'
  | 'one-of'
  | 'constant'
  | 'json'

/** Texts that may be longer than this get several lines. */
const LONG_TEXT = 200

/** `json` for everything that no widget of ours can show: never an empty space. */
export function kindOf(schema: JsonSchema): Kind {
  if (Object.hasOwn(schema, 'const')) return 'constant'
  if (optionsOf(schema) !== undefined) return 'choice'
  if (variantsOf(schema) !== undefined) return 'one-of'
  switch (schema.type ?? guessType(schema)) {
    case 'string':
      return textKind(schema)
    case 'number':
      return 'number'
    case 'integer':
      return 'integer'
    case 'boolean':
      return 'boolean'
    case 'object':
      return isObject(schema.properties) && Object.keys(schema.properties).length > 0 ? 'record' : 'json'
    case 'array':
      return listKind(schema)
    default:
      return 'json'
  }
}

function guessType(schema: JsonSchema): string | undefined {
  if (isObject(schema.properties)) return 'object'
  return isObject(schema.items) ? 'array' : undefined
}

function textKind({ format, contentMediaType, maxLength }: JsonSchema): Kind {
  if (format === 'date' || format === 'date-time') return format
  if (format === 'markdown' || contentMediaType === 'text/markdown') return 'markdown'
  const isLong = format === 'multiline' || format === 'textarea' || contentMediaType === 'text/plain'
  return isLong || (typeof maxLength === 'number' && maxLength > LONG_TEXT) ? 'long' : 'short'
}

/** What the items are shows only when they are there: references are followed by the list itself. */
function listKind({ items, prefixItems, uniqueItems }: JsonSchema): Kind {
  if (prefixItems !== undefined || !isObject(items)) return 'json'
  if (uniqueItems === true && optionsOf(items) !== undefined) return 'choices'
  const type = items.type ?? guessType(items)
  if (type === 'object' || items.$ref !== undefined || items.oneOf !== undefined || items.allOf !== undefined) return 'records'
  return type === 'array' || type === undefined ? (optionsOf(items) === undefined ? 'json' : 'values') : 'values'
}

export interface Option {
  readonly value: JsonValue
  readonly label: string
}

/** What can be chosen: `enum`, or `oneOf` of constants with titles. */
export function optionsOf(schema: JsonSchema): readonly Option[] | undefined {
  if (isList(schema.enum) && schema.enum.length > 0) return schema.enum.map((value) => ({ value, label: labelOf(value) }))
  const constants = schema.oneOf ?? schema.anyOf
  if (!isList(constants) || constants.length === 0) return undefined
  const options = constants.flatMap((one) =>
    isObject(one) && Object.hasOwn(one, 'const') && one.properties === undefined
      ? [{ value: one.const ?? null, label: typeof one.title === 'string' ? one.title : labelOf(one.const ?? null) }]
      : [],
  )
  return options.length === constants.length ? options : undefined
}

function labelOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
