import { normalizeDuration } from '../duration.ts'
import type { JsonSchema, JsonValue, Rule } from '../model.ts'
import { nearest } from '../nearest.ts'
import { jsonOf, kindOf, type Located, type LocatedEntry } from './located.ts'
import type { Reading } from './reading.ts'

/**
 * Reads the keys of one map, each once, and knows at the end which were left: `finish` reports those.
 *
 * Every reader answers undefined both for an absent key and for a value it reported, so callers go on and all problems come at
 * once. A key with nothing after it (`title:`) is reported and counts as absent.
 */
export class Fields {
  readonly reading: Reading
  /** Place of this map in the model's own words; places of values are marked under it. */
  readonly path: string
  /** Offset of the map, for problems about what is missing in it. */
  readonly offset: number
  readonly #entries: ReadonlyMap<string, LocatedEntry>
  readonly #asked = new Set<string>()
  readonly #what: string

  constructor(reading: Reading, map: Located, options: { readonly path: string; readonly what: string }) {
    this.reading = reading
    this.path = options.path
    this.#what = options.what
    this.offset = map.offset
    this.#entries = new Map(map.kind === 'map' ? map.entries.map((entry) => [entry.key, entry]) : [])
  }

  has(key: string): boolean {
    return this.#entries.has(key)
  }

  /** The entry as written; `null` values included. */
  entry(key: string): LocatedEntry | undefined {
    this.#asked.add(key)
    return this.#entries.get(key)
  }

  /** The value of a key that is there and not empty. */
  take(key: string, as: string = key): Located | undefined {
    const entry = this.entry(key)
    if (entry === undefined) return undefined
    if (entry.value.kind === 'scalar' && entry.value.value === null) {
      this.reading.report('VALUE_TYPE', entry.keyOffset, `${key} of ${this.#what} is empty.`, {
        hint: `Give it a value, or remove ${key}.`,
      })
      return undefined
    }
    if (as !== '') this.reading.mark(this.#under(as), entry.value)
    return entry.value
  }

  /** Reports a key that is needed and not there. */
  missing(key: string, hint?: string): void {
    if (this.has(key)) return
    const what = this.#what.charAt(0).toUpperCase() + this.#what.slice(1)
    this.reading.report('KEY_MISSING', this.offset, `${what} needs ${key}.`, { hint })
  }

  /** Text; numbers and booleans are taken as written (`title: 2026`). */
  text(key: string, as: string = key): string | undefined {
    const value = this.take(key, as)
    if (value === undefined) return undefined
    if (value.kind === 'scalar' && value.source !== '') return value.source
    if (value.kind !== 'scalar') return this.#wrong(key, value, 'text')
    this.reading.report('VALUE_TYPE', value.offset, `${key} of ${this.#what} is empty.`, { hint: `Give it a value, or remove ${key}.` })
    return undefined
  }

  boolean(key: string): boolean | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
    return this.#wrong(key, value, 'true or false')
  }

  /** A number within limits, both included. */
  number(key: string, limits: { readonly min: number; readonly max: number; readonly isInteger?: boolean }): number | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    const range = `${limits.isInteger === true ? 'an integer' : 'a number'} from ${limits.min} to ${limits.max}`
    if (value.kind !== 'scalar' || typeof value.value !== 'number') return this.#wrong(key, value, range)
    const isFit = value.value >= limits.min && value.value <= limits.max && (limits.isInteger !== true || Number.isInteger(value.value))
    if (isFit) return value.value
    this.reading.report('VALUE_INVALID', value.offset, `${key} of ${this.#what} must be ${range}, not ${value.source}.`)
    return undefined
  }

  /** One of a few words. */
  word<T extends string>(key: string, words: readonly T[]): T | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    const text = value.kind === 'scalar' ? value.source : undefined
    const word = words.find((candidate) => candidate === text)
    if (word !== undefined) return word
    const near = nearest(text ?? '', words)
    const hint = near === undefined ? `Use one of: ${words.join(', ')}.` : `Did you mean ${near}?`
    this.reading.report('VALUE_INVALID', value.offset, `${key} of ${this.#what} cannot be ${text ?? kindOf(value)}.`, { hint })
    return undefined
  }

  /** A duration in ISO form. */
  duration(key: string, as: string = key): string | undefined {
    const value = this.take(key, as)
    return value === undefined ? undefined : readDuration(this.reading, value, `${key} of ${this.#what}`)
  }

  /** A list of texts; one text stands for a list of one. */
  texts(key: string): readonly string[] | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    if (value.kind === 'scalar' && value.source !== '') return [value.source]
    if (value.kind !== 'list') return this.#wrong(key, value, 'a list of texts')
    const texts: string[] = []
    value.items.forEach((item, i) => {
      this.reading.mark(`${this.#under(key)}/${i}`, item)
      if (item.kind === 'scalar' && item.source !== '') texts.push(item.source)
      else this.reading.report('VALUE_TYPE', item.offset, `${key} of ${this.#what} must hold texts, not ${kindOf(item)}.`)
    })
    return texts
  }

  json(key: string): JsonValue | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    markInside(this.reading, value, this.#under(key))
    return jsonOf(value)
  }

  schema(key: string, as: string = key): JsonSchema | undefined {
    const value = this.take(key, as)
    if (value === undefined) return undefined
    if (value.kind !== 'map') return this.#wrong(key, value, 'a JSON Schema')
    return jsonOf(value) as JsonSchema
  }

  /** A map of values that are read by the caller. */
  map(key: string): Fields | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    if (value.kind !== 'map') return this.#wrong(key, value, 'a map')
    return new Fields(this.reading, value, { path: this.#under(key), what: `${key} of ${this.#what}` })
  }

  /** CEL, or `{ js: source }`. */
  rule(key: string, as: string = key): Rule | undefined {
    const value = this.take(key, as)
    return value === undefined ? undefined : readRule(this.reading, value, { path: this.#under(as), what: `${key} of ${this.#what}` })
  }

  /** Keys that may stand here but are not there, for the hints of `finish`. */
  knows(keys: readonly string[]): void {
    for (const key of keys) if (!this.has(key)) this.#asked.add(key)
  }

  /** Every key of the map, asked for now. */
  entries(): readonly LocatedEntry[] {
    const entries = [...this.#entries.values()]
    for (const { key } of entries) this.#asked.add(key)
    return entries
  }

  /** Reports every key nobody asked for. `also` are keys that are known but not asked for in this case. */
  finish(also: readonly string[] = []): void {
    for (const { key, keyOffset } of this.#entries.values()) {
      if (this.#asked.has(key) || this.reading.isFull) continue
      const known = [...this.#asked, ...also]
      if (also.includes(key)) {
        this.reading.report('KEY_CONFLICT', keyOffset, `${key} does not belong to ${this.#what}.`)
        continue
      }
      const near = nearest(key, known)
      const hint = near === undefined ? `It may have: ${known.join(', ')}.` : `Did you mean ${near}?`
      this.reading.report('KEY_UNKNOWN', keyOffset, `${key} is not known in ${this.#what}.`, { hint })
    }
  }

  #under(key: string): string {
    return this.path === '' ? key : `${this.path}/${key}`
  }

  #wrong(key: string, value: Located, expected: string): undefined {
    this.reading.report('VALUE_TYPE', value.offset, `${key} of ${this.#what} must be ${expected}, not ${kindOf(value)}.`)
    return undefined
  }
}

export function readDuration(reading: Reading, value: Located, what: string): string | undefined {
  const text = value.kind === 'scalar' ? value.source : undefined
  const iso = text === undefined ? undefined : normalizeDuration(text)
  if (iso !== undefined) return iso
  const shown = text ?? kindOf(value)
  reading.report('DURATION_INVALID', value.offset, `${what} is no duration: ${shown}.`, {
    hint: 'Write ISO 8601 (P2D, PT90M) or short (2d, 1h30m).',
  })
  return undefined
}

export function readRule(reading: Reading, value: Located, at: { readonly path: string; readonly what: string }): Rule | undefined {
  if (value.kind === 'scalar' && value.source !== '') return value.source
  if (value.kind === 'map') {
    const fields = new Fields(reading, value, at)
    const js = fields.text('js')
    fields.missing('js')
    fields.finish()
    return js === undefined ? undefined : { js }
  }
  reading.report('VALUE_TYPE', value.offset, `${at.what} must be a CEL expression or { js: … }, not ${kindOf(value)}.`)
  return undefined
}

/** Marks every text inside a value, so that a problem in a template has its own place. */
function markInside(reading: Reading, value: Located, path: string): void {
  if (value.kind === 'list') value.items.forEach((item, i) => markInside(reading, item, `${path}/${i}`))
  else if (value.kind === 'map') for (const entry of value.entries) markInside(reading, entry.value, `${path}/${entry.key}`)
  else reading.mark(path, value)
}
