import type { JsonSchema, JsonValue } from '../model.ts'
import { type Metadata, textOf } from './metadata.ts'
import type { DataType, Uses } from './rule/subject.ts'
import type { AemRuntime } from './runtime/runtime.ts'

const SCHEMAS: { readonly [type: string]: JsonSchema } = {
  string: { type: 'string' },
  long: { type: 'integer' },
  integer: { type: 'integer' },
  double: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date-time' },
  calendar: { type: 'string', format: 'date-time' },
  arraylist: { type: 'array' },
  list: { type: 'array' },
  hashmap: { type: 'object' },
  map: { type: 'object' },
  jsonobject: { type: 'object' },
}

/** Data of a model from AEM's declared variables. A type without a JSON form (documents, form data models) may hold anything. */
export function dataOf({ variables }: AemRuntime): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, schemaOf(variable)]))
}

function schemaOf(variable: Metadata): JsonSchema {
  const type = textOf(variable, 'type') ?? textOf(variable, 'varType') ?? ''
  const schema = named(type) ?? {}
  const items = schema.type === 'array' ? named(textOf(variable, 'subType') ?? '') : undefined
  const description = textOf(variable, 'description')
  const value = defaultOf(textOf(variable, 'defaultValue'), schema)
  return {
    ...schema,
    ...(items === undefined ? {} : { items }),
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
  }
}

/** By the last part of a Java class name: `java.lang.Long`, `Long`. */
function named(type: string): JsonSchema | undefined {
  const name = type.replace(/^.*[.$]/, '').toLowerCase()
  return Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
}

function defaultOf(text: string | undefined, schema: JsonSchema): JsonValue | undefined {
  if (text === undefined) return undefined
  switch (schema.type) {
    case 'string':
      return text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? Number(text) : undefined
    case 'number':
      return Number.isFinite(Number(text)) ? Number(text) : undefined
    default:
      return undefined
  }
}

/** What rules may take the declared data to be. */
export function usesOf(data: { readonly [name: string]: JsonSchema }): Uses {
  return new Map(Object.entries(data).map(([name, schema]) => [name, dataType(schema)]))
}

function dataType({ type }: JsonSchema): DataType | undefined {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return type
    case 'integer':
      return 'number'
    case undefined:
      return undefined
    default:
      return 'other'
  }
}

/** Schema of data that rules read without a declaration. */
export function schemaOfUse(type: DataType | undefined): JsonSchema {
  return type === undefined || type === 'other' ? {} : { type }
}
