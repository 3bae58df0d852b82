import type { JsonSchema, Model } from '../../model.ts'
import type { Metadata } from '../metadata.ts'
import type { AemRuntime } from './runtime.ts'

/** Declared variables as they were imported; of a model made here, its data. */
export function toVariables(model: Model): AemRuntime['variables'] {
  if (model.imported !== undefined) return model.imported.variables ?? {}
  return Object.fromEntries(
    Object.entries(model.data).map(([name, schema]) => [name, { name, type: javaType(schema), ...defaultOf(schema) }]),
  )
}

function javaType({ type, format }: JsonSchema): string {
  switch (type) {
    case 'string':
      return format === 'date-time' ? 'java.util.Date' : 'java.lang.String'
    case 'integer':
      return 'java.lang.Long'
    case 'number':
      return 'java.lang.Double'
    case 'boolean':
      return 'java.lang.Boolean'
    case 'array':
      return 'java.util.ArrayList'
    default:
      return 'com.google.gson.JsonObject'
  }
}

function defaultOf(schema: JsonSchema): Metadata {
  const value = schema.default
  if (value === undefined || value === null) return {}
  return { defaultValue: typeof value === 'object' ? JSON.stringify(value) : String(value) }
}
