import { effectiveOf } from './effective.ts'
import { isObject, type JsonObject, type JsonSchema, type JsonValue, textsOf } from './json.ts'
import { kindOf } from './kind.ts'

/** What a form begins with: defaults, constants that are required, and inside of records that are required. Nothing else is made up. */
export function initialOf(schema: JsonSchema, root: JsonSchema = schema): JsonObject {
  return recordOf(schema, root, 6)
}

function recordOf(schema: JsonSchema, root: JsonSchema, depth: number): JsonObject {
  const { schema: here } = effectiveOf(schema, undefined, root)
  if (!isObject(here.properties) || depth === 0) return {}
  const required = textsOf(here.required)
  const values: { [name: string]: JsonValue } = {}
  for (const [name, property] of Object.entries(here.properties)) {
    const { schema: field } = effectiveOf(property, undefined, root)
    if (field.default !== undefined) values[name] = field.default
    else if (!required.includes(name)) continue
    else if (kindOf(field) === 'constant') values[name] = field.const ?? null
    else if (kindOf(field) === 'record') values[name] = recordOf(field, root, depth - 1)
  }
  return values
}
