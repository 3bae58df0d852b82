/**
 * What a schema asks of a value as it is now: references followed, `allOf` merged, the branch of `if` taken that holds. The widgets see
 * only the result, so none of them knows about any of this.
 */
import { holds } from '../check/validator.ts'
import { isList, isObject, type JsonSchema, type JsonValue, pointerParts, textsOf } from './json.ts'

/** References within references end here: a schema that contains itself is shown as far as the value goes. */
const MOST_STEPS = 40

export interface Effective {
  readonly schema: JsonSchema
  /** `null` is a value too: leaving it empty is an answer. */
  readonly isNullable: boolean
}

/** @param root where `#/…` points to */
export function effectiveOf(schema: JsonValue | undefined, value: JsonValue | undefined, root: JsonSchema): Effective {
  const merged = merge(schema, value, root, MOST_STEPS)
  const { type } = merged
  if (isList(type)) {
    const others = type.filter((one) => one !== 'null')
    if (others.length < type.length && others.length === 1) return { schema: { ...merged, type: others[0] ?? 'null' }, isNullable: true }
  }
  const other = otherThanNull(merged.anyOf) ?? otherThanNull(merged.oneOf)
  if (other !== undefined) {
    const { anyOf: _any, oneOf: _one, ...rest } = merged
    return { schema: { ...merge(other, value, root, MOST_STEPS), ...rest }, isNullable: true }
  }
  return { schema: merged, isNullable: false }
}

/** `[S, { type: null }]` in either order: S. */
function otherThanNull(list: JsonValue | undefined): JsonValue | undefined {
  if (!isList(list) || list.length !== 2) return undefined
  const others = list.filter((one) => !(isObject(one) && one.type === 'null'))
  return others.length === 1 ? others[0] : undefined
}

function merge(schema: JsonValue | undefined, value: JsonValue | undefined, root: JsonSchema, steps: number): JsonSchema {
  if (!isObject(schema) || steps === 0) return {}
  const { $ref, allOf, if: condition, then, else: otherwise, ...own } = schema
  let merged: JsonSchema = own
  const add = (more: JsonValue | undefined) => {
    merged = combine(merged, merge(more, value, root, steps - 1))
  }
  if (typeof $ref === 'string') add(follow($ref, root))
  if (isList(allOf)) for (const part of allOf) add(part)
  // Nothing typed yet counts as an empty record: that is what would be sent.
  if (condition !== undefined) add(holds(condition, value ?? {}, root) ? then : otherwise)
  return merged
}

function follow($ref: string, root: JsonSchema): JsonValue | undefined {
  if ($ref === '#') return root
  if (!$ref.startsWith('#/')) return undefined
  let at: JsonValue | undefined = root
  for (const part of pointerParts(decodeURIComponent($ref.slice(1)))) {
    at = isObject(at) && Object.hasOwn(at, part) ? at[part] : isList(at) ? at[Number(part)] : undefined
  }
  return at
}

/** Both at once: properties side by side, more of them required; else the first one's word counts. */
function combine(first: JsonSchema, second: JsonSchema): JsonSchema {
  const merged: { [key: string]: JsonValue } = { ...second, ...first }
  if (isObject(first.properties) && isObject(second.properties)) {
    const properties: { [name: string]: JsonValue } = { ...second.properties, ...first.properties }
    for (const [name, property] of Object.entries(first.properties)) {
      const other = Object.hasOwn(second.properties, name) ? second.properties[name] : undefined
      if (isObject(property) && isObject(other)) properties[name] = { ...other, ...property }
    }
    // In the order of the first, then what the second adds.
    merged.properties = Object.fromEntries(
      [...Object.keys(first.properties), ...Object.keys(second.properties)].map((name) => [name, properties[name] ?? true]),
    )
  }
  const required = [...new Set([...textsOf(first.required), ...textsOf(second.required)])]
  if (required.length > 0) merged.required = required
  return merged
}
