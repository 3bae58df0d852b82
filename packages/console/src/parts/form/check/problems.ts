/** What is wrong with an answer, by field: one problem each, the one a person can act on. */
import type { OutputUnit } from '@cfworker/json-schema'
import { effectiveOf } from '../schema/effective.ts'
import { isList, isObject, type JsonSchema, type JsonValue, pointerParts, pointerTo } from '../schema/json.ts'
import { variantAt, variantsOf } from '../schema/variant.ts'
import { unitsOf } from './validator.ts'

export interface FormProblem {
  /** JSON pointer of the field into the answer; `''` is the answer itself. */
  readonly pointer: string
  /** Keyword of JSON Schema that is broken. */
  readonly keyword: string
  /** What the keyword says: 3 of `minLength: 3`. */
  readonly limit: JsonValue | undefined
}

/** Keywords that only say that something inside is wrong. */
const WRAPPERS: ReadonlySet<string> = new Set([
  '$ref',
  'allOf',
  'if',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'additionalItems',
  'dependentSchemas',
])

/** Empty when the answer is right as far as the browser can tell; the server has the last word. */
export function problemsOf(schema: JsonSchema, value: JsonValue): readonly FormProblem[] {
  const units = unitsOf(schema, value) ?? []
  const choices = units.filter((unit) => unit.keyword === 'oneOf' || unit.keyword === 'anyOf')
  const problems = units
    .filter((unit) => !WRAPPERS.has(unit.keyword))
    .flatMap((unit) => {
      const around = choices.filter((choice) => choice !== unit && unit.keywordLocation.startsWith(`${choice.keywordLocation}/`))
      const isInChoice = choices.some((choice) => unit.instanceLocation.startsWith(choice.instanceLocation))
      return around.every((choice) => isInChosen(schema, value, choice, unit)) ? problemOf({ schema, value, isInChoice }, unit) : []
    })
  const [unit] = units
  // Nothing that a field could show, and still wrong: the answer as a whole is.
  if (unit !== undefined && problems.length === 0)
    return [{ pointer: '', keyword: unit.keyword, limit: keywordAt(schema, unit.keywordLocation) }]
  return firstOfEach(problems)
}

/** Inside a choice only the variant that the answer says it is counts. */
function isInChosen(schema: JsonSchema, value: JsonValue, choice: OutputUnit, unit: OutputUnit): boolean {
  const chosen = chosenIndex(schema, value, choice)
  return chosen !== undefined && unit.keywordLocation.startsWith(`${choice.keywordLocation}/${chosen}/`)
}

interface Answered {
  readonly schema: JsonSchema
  readonly value: JsonValue
  readonly isInChoice: boolean
}

function problemOf({ schema, value, isInChoice }: Answered, unit: OutputUnit): readonly FormProblem[] {
  const pointer = pointerOf(unit)
  const limit = keywordAt(schema, unit.keywordLocation)
  switch (unit.keyword) {
    case 'oneOf':
    case 'anyOf': {
      // The variant itself says what is wrong; without one it is the choice that is missing.
      if (chosenIndex(schema, value, unit) !== undefined) return []
      const discriminator = variantsAt(schema, unit)?.discriminator
      return discriminator === undefined
        ? [{ pointer, keyword: unit.keyword, limit: undefined }]
        : [{ pointer: pointerTo(pointer, discriminator), keyword: 'required', limit: true }]
    }
    case 'required':
    case 'dependentRequired': {
      const name = /property "([\s\S]*)"/.exec(unit.error)?.[1]
      return [{ pointer: name === undefined ? pointer : pointerTo(pointer, name), keyword: 'required', limit }]
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = /^Property "([\s\S]*)" does not match/.exec(unit.error)?.[1]
      return limit === false && name !== undefined ? [{ pointer: pointerTo(pointer, name), keyword: 'unknown', limit: undefined }] : []
    }
    case 'false':
      // Inside a choice it may be another variant that forbids it, which the unit does not say.
      return isInChoice ? [] : [{ pointer, keyword: 'unknown', limit: undefined }]
    case 'unevaluatedItems':
    case 'propertyNames':
      // Told by the keyword around it, or by the units within.
      return []
    default:
      return [{ pointer, keyword: unit.keyword, limit }]
  }
}

function pointerOf(unit: OutputUnit): string {
  return unit.instanceLocation === '#' ? '' : decodeURIComponent(unit.instanceLocation.slice(1))
}

function variantsAt(schema: JsonSchema, unit: OutputUnit): ReturnType<typeof variantsOf> {
  const list = keywordAt(schema, unit.keywordLocation)
  if (list === undefined) return undefined
  return variantsOf({ oneOf: list }, (one) => effectiveOf(one, undefined, schema).schema)
}

function chosenIndex(schema: JsonSchema, value: JsonValue, unit: OutputUnit): number | undefined {
  const variants = variantsAt(schema, unit)
  if (variants === undefined) return nullableIndex(keywordAt(schema, unit.keywordLocation))
  const chosen = variantAt(variants, valueAt(value, pointerOf(unit)))
  return chosen === undefined ? undefined : variants.list.indexOf(chosen)
}

/** Of `[S, null]` what is typed is meant as S. */
function nullableIndex(list: JsonValue | undefined): number | undefined {
  if (!isList(list) || list.length !== 2) return undefined
  const others = list.flatMap((one, i) => (isObject(one) && one.type === 'null' ? [] : [i]))
  return others.length === 1 ? others[0] : undefined
}

function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = value
  for (const part of pointerParts(pointer)) at = isList(at) ? at[Number(part)] : isObject(at) ? at[part] : undefined
  return at
}

/** The keyword's value at a location such as `#/properties/a/$ref/minLength`. */
function keywordAt(root: JsonSchema, location: string): JsonValue | undefined {
  let at: JsonValue | undefined = root
  for (const part of pointerParts(decodeURIComponent(location.replace(/^#/, '')))) {
    if (part === '$ref' && isObject(at) && typeof at.$ref === 'string') at = referenced(root, at.$ref)
    else at = isList(at) ? at[Number(part)] : isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined
  }
  return at
}

function referenced(root: JsonSchema, $ref: string): JsonValue | undefined {
  return $ref === '#' ? root : valueAt(root, decodeURIComponent($ref.slice(1)))
}

/** One problem a field: the first, where what is missing comes before what is wrong with it. */
function firstOfEach(problems: readonly FormProblem[]): readonly FormProblem[] {
  const byPointer = new Map<string, FormProblem>()
  for (const problem of problems) if (!byPointer.has(problem.pointer)) byPointer.set(problem.pointer, problem)
  return [...byPointer.values()]
}
