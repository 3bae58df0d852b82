/** `oneOf` of records that one constant tells apart: the choice of a variant, then its fields. */
import { isEqual, isList, isObject, type JsonObject, type JsonSchema, type JsonValue, textsOf } from './json.ts'

export interface Variants {
  /** Property whose constant says which variant it is. */
  readonly discriminator: string
  readonly list: readonly Variant[]
}

export interface Variant {
  readonly schema: JsonSchema
  /** The discriminator's value. */
  readonly value: JsonValue
  readonly title: string
}

/** Undefined where nothing tells the variants apart. Variants behind `$ref` must be followed before: `follow` does it. */
export function variantsOf(schema: JsonSchema, follow: (one: JsonValue) => JsonValue = (one) => one): Variants | undefined {
  const list = schema.oneOf ?? schema.anyOf
  if (!isList(list) || list.length === 0) return undefined
  const records = list.map(follow).filter((one): one is JsonSchema => isObject(one) && isObject(one.properties))
  const [first] = records
  if (first === undefined || records.length !== list.length) return undefined
  const discriminator = discriminatorOf(schema, first, records)
  if (discriminator === undefined) return undefined
  return {
    discriminator,
    list: records.map((record) => {
      const value = constantOf(record, discriminator) ?? null
      const title = typeof record.title === 'string' ? record.title : typeof value === 'string' ? value : JSON.stringify(value)
      return { schema: record, value, title }
    }),
  }
}

/** Named as OpenAPI does, or the first required property that is another constant in each variant. */
function discriminatorOf(schema: JsonSchema, first: JsonSchema, records: readonly JsonSchema[]): string | undefined {
  const named = isObject(schema.discriminator) ? schema.discriminator.propertyName : undefined
  const names = typeof named === 'string' ? [named] : textsOf(first.required)
  return names.find((name) => {
    const values = records.map((record) => constantOf(record, name))
    return values.every((value, i) => value !== undefined && values.findIndex((other) => isEqual(other, value)) === i)
  })
}

function constantOf(record: JsonSchema, name: string): JsonValue | undefined {
  const property = isObject(record.properties) && Object.hasOwn(record.properties, name) ? record.properties[name] : undefined
  if (!isObject(property)) return undefined
  if (Object.hasOwn(property, 'const')) return property.const
  return isList(property.enum) && property.enum.length === 1 ? property.enum[0] : undefined
}

/** The variant that a value says it is. */
export function variantAt({ discriminator, list }: Variants, value: JsonValue | undefined): Variant | undefined {
  const said = isObject(value) ? value[discriminator] : undefined
  return said === undefined ? undefined : list.find((variant) => isEqual(variant.value, said))
}

/** The same value as another variant: fields of the same name stay. */
export function asVariant({ discriminator }: Variants, variant: Variant, value: JsonValue | undefined): JsonObject {
  const names = isObject(variant.schema.properties) ? Object.keys(variant.schema.properties) : []
  const kept = isObject(value) ? Object.entries(value).filter(([name]) => names.includes(name)) : []
  return { ...Object.fromEntries(kept), [discriminator]: variant.value }
}
