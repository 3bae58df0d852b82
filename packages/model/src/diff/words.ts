import { canonicalJson } from '../hash/canonical-json.ts'
import type { JsonValue } from '../model.ts'

/** Longest value quoted in a sentence; the change itself holds it whole. */
const MAX_SHOWN = 60

/** A value as a sentence quotes it. */
export function shown(value: JsonValue | undefined): string {
  const text = canonicalJson(value)
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`
}
