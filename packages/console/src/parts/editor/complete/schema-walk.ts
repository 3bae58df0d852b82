/** What a schema allows at a path, of a value that is not finished: every way through `anyOf` and `oneOf` that what is there does not rule out. */
import type { JsonSchema, JsonValue } from '@millrace/model'
import type { Scalars } from './place.ts'

export interface Allowed {
  readonly schema: JsonSchema
  /** Names of `$defs` on the way to it: `target` means the id of a node, whatever the schema says. */
  readonly names: ReadonlySet<string>
}

/** @param records scalars of the records on the way, by the length of the path to each */
export function allowedAt(root: JsonSchema, path: readonly string[], records: readonly Scalars[]): readonly Allowed[] {
  let here = expand({ schema: root, names: new Set() }, root, records[0])
  path.forEach((step, i) => {
    here = here
      .flatMap(({ schema }) => next(schema, step))
      .flatMap((found) => expand({ schema: found, names: new Set() }, root, records[i + 1]))
  })
  return here
}

/** The schemas of one step further. */
function next(schema: JsonSchema, step: string): readonly JsonSchema[] {
  const { items, properties, additionalProperties } = schema
  if (step === '*') return isSchema(items) ? [items] : []
  if (isSchema(properties) && Object.hasOwn(properties, step)) {
    const property = properties[step]
    return isSchema(property) ? [property] : []
  }
  return isSchema(additionalProperties) ? [additionalProperties] : []
}

/** References followed and alternatives spread out. */
function expand(allowed: Allowed, root: JsonSchema, scalars: Scalars | undefined): readonly Allowed[] {
  const { $ref, anyOf, oneOf, allOf, ...own } = allowed.schema
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? ''
    const target = definition(root, name)
    if (target === undefined) return []
    // Words beside a reference are about this place: they come before those of what is referred to.
    return expand({ schema: { ...target, ...own }, names: new Set([...allowed.names, name]) }, root, scalars)
  }
  const alternatives = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? (list as readonly JsonValue[]) : [])).filter(isSchema)
  const shapes = alternatives.filter((one) => one.required === undefined || Object.keys(one).length > 1)
  const self = { schema: { ...own, ...(allOf === undefined ? {} : { allOf }) }, names: allowed.names }
  const inner = shapes.flatMap((one) =>
    expand(
      { schema: { ...(own.description === undefined ? {} : { description: own.description }), ...one }, names: allowed.names },
      root,
      scalars,
    ),
  )
  // `oneOf: [{ required: [a] }, …]` beside properties only says which go together.
  const all = shapes.length === 0 ? [self] : inner
  const fitting = all.filter(({ schema }) => fits(schema, scalars))
  return fitting.length > 0 ? fitting : all
}

function definition(root: JsonSchema, name: string): JsonSchema | undefined {
  const definitions = root.$defs
  const found = isSchema(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : undefined
  return isSchema(found) ? found : undefined
}

/** No constant of it is contradicted by what is there. */
function fits(schema: JsonSchema, scalars: Scalars | undefined): boolean {
  const { properties } = schema
  if (scalars === undefined || !isSchema(properties)) return true
  return Object.entries(properties).every(([name, property]) => {
    const said = scalars.get(name)
    if (said === undefined || said === '' || !isSchema(property) || !Object.hasOwn(property, 'const')) return true
    const constant = property.const
    return (typeof constant === 'string' ? constant : JSON.stringify(constant)) === said
  })
}

export function isSchema(value: JsonValue | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
