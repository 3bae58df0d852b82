import { accepts } from '../check/validator.ts'
import { effectiveOf } from './effective.ts'
import { isObject, type JsonObject, type JsonSchema, type JsonValue, pointerTo } from './json.ts'
import { kindOf } from './kind.ts'
import { labelOf } from './label.ts'

/** What was typed into an older form and has no place in the new one. */
export interface LeftOver {
  readonly pointer: string
  /** Words of the field as the old form had them, or its name. */
  readonly label: string
  readonly value: JsonValue
}

/**
 * An answer moved to a form whose schema changed: fields that are still there and take the value stay, the others are listed for the
 * person to copy (CONSOLE rule 7). Values of the right type that only break a limit stay too: the form then says what is wrong.
 */
export function carryOver(
  value: JsonObject,
  schema: JsonSchema,
  before?: JsonSchema,
): { readonly value: JsonObject; readonly left: readonly LeftOver[] } {
  const left: LeftOver[] = []
  const kept = carryRecord(value, { schema, root: schema, before, pointer: '' }, left)
  return { value: kept, left }
}

interface Place {
  readonly schema: JsonSchema
  readonly root: JsonSchema
  readonly before: JsonValue | undefined
  readonly pointer: string
}

function carryRecord(value: JsonObject, { schema, root, before, pointer }: Place, left: LeftOver[]): JsonObject {
  const { schema: here } = effectiveOf(schema, value, root)
  const properties = isObject(here.properties) ? here.properties : {}
  const kept: { [name: string]: JsonValue } = {}
  for (const [name, part] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    const was = isObject(before) && isObject(before.properties) ? before.properties[name] : undefined
    const at = pointerTo(pointer, name)
    if (property !== undefined) {
      const { schema: field, isNullable } = effectiveOf(property, part, root)
      if (kindOf(field) === 'record' && isObject(part)) {
        kept[name] = carryRecord(part, { schema: field, root, before: was, pointer: at }, left)
        continue
      }
      if ((part === null && isNullable) || hasType(field, part, root)) {
        kept[name] = part
        continue
      }
    }
    if (part !== '' && part !== null) left.push({ pointer: at, label: labelOf(was, name), value: part })
  }
  return kept
}

/** Its type fits, whatever its limits say. For choices and lists the whole schema must hold: what cannot be shown cannot stay. */
function hasType(field: JsonSchema, value: JsonValue, root: JsonSchema): boolean {
  switch (kindOf(field)) {
    case 'short':
    case 'long':
    case 'markdown':
    case 'date':
    case 'date-time':
      return typeof value === 'string'
    case 'number':
    case 'integer':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    default:
      return accepts(field, value, root)
  }
}
