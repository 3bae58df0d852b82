/** Something typed and not sent. Pure: which of two is newer, and what of it still fits a changed form. */
export interface Draft<V> {
  readonly value: V
  /** Fingerprint of the form it was typed into. */
  readonly schema: string
  readonly savedAtMs: number
}

/** Whose it is and of what. The person leads, so that nobody else's can be read by mistake. */
export interface DraftPlace {
  readonly workspace: string
  readonly person: string
  readonly noun: string
  readonly id: string
}

export const placeKey = ({ workspace, person, noun, id }: DraftPlace): string => JSON.stringify([workspace, person, noun, id])

export const newerOf = <V>(a: Draft<V> | undefined, b: Draft<V> | undefined): Draft<V> | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  return b.savedAtMs > a.savedAtMs ? b : a
}

/** A short fingerprint of a form: 32 bits say well enough whether it is still the same one. */
export const fingerprint = (schema: unknown): string => {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify(schema) ?? '') hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}

type Values = { readonly [name: string]: unknown }

/**
 * What of an answer fits a form that changed since: fields that are still there with a type that allows the value. The rest is listed for the person to
 * copy, never dropped silently.
 */
export const fitAnswer = (
  answer: Values,
  schema: unknown,
): { readonly kept: Values; readonly left: readonly { readonly name: string; readonly value: unknown }[] } => {
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {}
  const kept: { [name: string]: unknown } = {}
  const left: { name: string; value: unknown }[] = []
  for (const [name, value] of Object.entries(answer)) {
    const field = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (isRecord(field) && allows(field.type, value)) kept[name] = value
    else if (value !== undefined && value !== '') left.push({ name, value })
  }
  return { kept, left }
}

const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)

const allows = (type: unknown, value: unknown): boolean => {
  if (type === undefined) return true
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return types.some((each) => each === own || (each === 'integer' && Number.isInteger(value)))
}
