import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import type { JsonSchema, JsonValue } from '../schema/json.ts'
import { alignFormats } from './formats.ts'

alignFormats()

/** By schema: a form asks with every letter typed. */
const known = new WeakMap<object, Validator | undefined>()

/** Every unit in which a value breaks a schema; undefined when the schema itself is wrong, so that only the server can tell. */
export function unitsOf(schema: JsonSchema, value: JsonValue): readonly OutputUnit[] | undefined {
  const validator = validatorOf(schema)
  if (validator === undefined) return undefined
  try {
    return validator.validate(value).errors
  } catch {
    // A pattern that is no pattern, a reference to nowhere.
    return undefined
  }
}

/** Whether a part of a schema takes a value; true when it cannot be told. */
export function accepts(part: JsonSchema, value: JsonValue, root: JsonSchema): boolean {
  const units = unitsOf(withDefinitions(part, root), value)
  return units === undefined || units.length === 0
}

/** The same for a condition, where what cannot be told does not hold. */
export function holds(condition: JsonValue, value: JsonValue, root: JsonSchema): boolean {
  if (typeof condition === 'boolean') return condition
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return false
  return unitsOf(withDefinitions(condition as JsonSchema, root), value)?.length === 0
}

/** By root, then by part: the same pair is asked again and again. */
const extended = new WeakMap<object, WeakMap<object, JsonSchema>>()

/** A part by itself would not find what its references name. */
function withDefinitions(part: JsonSchema, root: JsonSchema): JsonSchema {
  if (part === root || (root.$defs === undefined && root.definitions === undefined)) return part
  const parts = extended.get(root) ?? new WeakMap<object, JsonSchema>()
  extended.set(root, parts)
  const before = parts.get(part)
  if (before !== undefined) return before
  const whole = {
    ...part,
    ...(root.$defs === undefined ? {} : { $defs: root.$defs }),
    ...(root.definitions === undefined ? {} : { definitions: root.definitions }),
  }
  parts.set(part, whole)
  return whole
}

function validatorOf(schema: JsonSchema): Validator | undefined {
  if (known.has(schema)) return known.get(schema)
  const validator = createValidator(schema)
  known.set(schema, validator)
  return validator
}

function createValidator(schema: JsonSchema): Validator | undefined {
  try {
    // A copy: the library writes its marks into the schema it is given.
    return new Validator(JSON.parse(JSON.stringify(schema)) as Schema, '2020-12', false)
  } catch {
    return undefined
  }
}
