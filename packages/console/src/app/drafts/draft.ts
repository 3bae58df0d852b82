/** Something typed and not sent. Pure: which of two is newer, whose it is, and whether its form is still the same. */
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
