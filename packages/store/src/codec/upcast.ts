/**
 * Stored things outlive releases (DESIGN 5.9): every row says its format, and is brought forward one format at a time when it is read. A release that changes
 * the shape of states or facts raises `FORMAT` in the kernel and adds one entry here; entries are never removed.
 */
import { type Fact, FORMAT, type State } from '@millrace/kernel'
import { MillraceError } from '@millrace/protocol'

interface Upcast {
  /** From the format that is this entry's key to the next. */
  readonly fact: (fact: unknown) => unknown
  readonly state: (state: unknown) => unknown
}

export type Upcasts = { readonly [format: number]: Upcast }

/** One entry per format that is no longer the latest. */
const UPCASTS: Upcasts = {}

/**
 * A fact or state of `format` as the latest format has it, brought forward one format at a time.
 *
 * @throws MillraceError NEWER_FORMAT
 */
export const upcast = (
  kind: keyof Upcast,
  value: unknown,
  format: number,
  { upcasts, latest }: { readonly upcasts: Upcasts; readonly latest: number } = { upcasts: UPCASTS, latest: FORMAT },
): unknown => {
  if (format > latest) throw newerFormat(`a ${kind} in format ${format}; this release knows up to ${latest}`)
  let result = value
  for (let at = format; at < latest; at++) {
    const step = upcasts[at]
    if (step === undefined) throw new Error(`No way to bring a ${kind} from format ${at} to ${at + 1}.`)
    result = step[kind](result)
  }
  return result
}

export const upcastFact = (fact: unknown, format: number): Fact => (format === FORMAT ? fact : upcast('fact', fact, format)) as Fact

export const upcastState = (state: unknown, format: number): State => (format === FORMAT ? state : upcast('state', state, format)) as State

export const newerFormat = (what: string): MillraceError =>
  new MillraceError(
    'NEWER_FORMAT',
    `The data was written by a newer Millrace: it has ${what}. Start the newer release, or restore a backup from before.`,
  )
