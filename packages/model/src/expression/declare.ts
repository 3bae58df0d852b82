import type { Environment } from '@marcbachmann/cel-js'
import type { JsonSchema, JsonValue } from '../model.ts'
import type { Declarations } from './context.ts'
import { checkingBase } from './environment.ts'

/** A CEL type by name, or the fields of an object. */
type Shape = string | { readonly [field: string]: Shape }

/** Objects deeper than this are dynamic: nobody reads so deep in a rule, and schemas may be recursive. */
const MAX_SHAPE_DEPTH = 6

const environments = new WeakMap<Declarations, Environment>()

/** The environment that type-checks expressions of a model; one per declarations object. */
export function checkingEnvironment(declarations: Declarations): Environment {
  const known = environments.get(declarations)
  if (known !== undefined) return known
  const environment = checkingBase.clone()
  const types = new TypeNames(environment)
  const fields = mapValues(declarations.data, (schema) => schemaShape(schema, types, 'data', 1))
  environment.registerVariable('data', types.named('data', fields))
  environment.registerVariable('payload', payloadType(declarations, types))
  environment.registerVariable('initiator', 'string')
  environment.registerVariable('instance', types.named('instance', { id: 'string', title: 'string' }))
  environment.registerVariable('step', types.named('step', { node: 'string', title: 'string', pass: 'double' }))
  environment.registerVariable('now', 'google.protobuf.Timestamp')
  environments.set(declarations, environment)
  return environment
}

function payloadType(declarations: Declarations, types: TypeNames): string {
  switch (declarations.payload) {
    case 'none':
      return 'null'
    case 'json':
      return declarations.payloadSchema === undefined
        ? 'dyn'
        : types.of(schemaShape(declarations.payloadSchema, types, 'payload', 1), 'payload')
    default:
      return types.named('payload', { [declarations.payload]: 'string' })
  }
}

/** What CEL knows of a value with this schema. Where a schema says several things at once, CEL knows nothing (`dyn`). */
function schemaShape(schema: JsonValue, types: TypeNames, name: string, depth: number): Shape {
  if (!isRecord(schema) || depth > MAX_SHAPE_DEPTH) return 'dyn'
  if ('$ref' in schema || 'anyOf' in schema || 'oneOf' in schema || 'allOf' in schema) return 'dyn'
  switch (schema.type ?? typeOfChoices(schema)) {
    case 'string':
      return 'string'
    case 'number':
    case 'integer':
      return 'double'
    case 'boolean':
      return 'bool'
    case 'array':
      return `list<${types.of(schemaShape(schema.items ?? true, types, `${name}[]`, depth + 1), `${name}[]`)}>`
    case 'object':
      return objectShape(schema, types, name, depth)
    default:
      return 'dyn'
  }
}

function objectShape(schema: JsonSchema, types: TypeNames, name: string, depth: number): Shape {
  const { properties, additionalProperties } = schema
  if (isRecord(properties)) {
    // Named fields and others beside them: the names could not be checked.
    if (additionalProperties === true || isRecord(additionalProperties)) return 'map<string, dyn>'
    return mapValues(properties, (property, key) => schemaShape(property, types, `${name}.${key}`, depth + 1))
  }
  if (!isRecord(additionalProperties)) return 'map<string, dyn>'
  return `map<string, ${types.of(schemaShape(additionalProperties, types, `${name}[]`, depth + 1), `${name}[]`)}>`
}

/** `enum` and `const` without a `type` say it by their values. */
function typeOfChoices(schema: JsonSchema): string | undefined {
  const choices = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : []
  const kinds = new Set(choices.map((choice) => typeof choice))
  const [kind] = kinds
  return kinds.size === 1 && kind !== 'object' ? kind : undefined
}

/** Registers objects as types of their own, so that an unknown field is found. */
class TypeNames {
  readonly #environment: Environment
  readonly #names = new Map<string, number>()

  constructor(environment: Environment) {
    this.#environment = environment
  }

  of(shape: Shape, name: string): string {
    return typeof shape === 'string' ? shape : this.named(name, shape)
  }

  named(name: string, fields: { readonly [field: string]: Shape }): string {
    const schema = mapValues(fields, (field, key) => this.of(field, `${name}.${key}`))
    // Field names are the author's: cel-js parses type names, so they are cut to plain letters and numbered.
    const plain = `object_${name.replace(/\W+/g, '_')}`
    const count = (this.#names.get(plain) ?? 0) + 1
    this.#names.set(plain, count)
    const typeName = `${plain}_${count}`
    this.#environment.registerType({ name: typeName, fields: schema })
    return typeName
  }
}

function mapValues<T, U>(record: { readonly [key: string]: T }, map: (value: T, key: string) => U): { [key: string]: U } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

function isRecord(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
