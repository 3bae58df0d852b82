/** How the data of an instance came to be what it is: each change with what made it. Pure. */
import type { HistoryEntry } from '@millrace/protocol'

type JsonValue = HistoryEntry['details'][string]

export interface DataChange {
  /** Number of the fact. */
  readonly seq: number
  readonly atMs: number
  readonly run: number
  /** `start`: what it was started with. `step`: an answer or a result. `restart`: what the next run began with. `person`: set by hand. `code`: `run.set`. */
  readonly cause: 'start' | 'step' | 'restart' | 'person' | 'code'
  readonly step?: number
  readonly node?: string
  readonly by?: string
  readonly onBehalfOf?: string
  readonly names: readonly NameChange[]
}

export interface NameChange {
  readonly name: string
  /** Absent: it was not there, or the facts before are not known. */
  readonly from?: JsonValue
  readonly to: JsonValue
}

/** Oldest first. What changed nothing is left out. */
export const dataChanges = (facts: readonly HistoryEntry[]): readonly DataChange[] => {
  const data = new Map<string, JsonValue>()
  const changes: DataChange[] = []
  for (const { seq, atMs, run, type, step, node, by, onBehalfOf, details } of facts) {
    const given = details.data
    if (typeof given !== 'object' || given === null || Array.isArray(given)) continue
    const cause = causeOf(type, by)
    if (cause === undefined) continue
    const names = Object.entries(given).flatMap(([name, to]): readonly NameChange[] => {
      const from = data.get(name)
      if (from !== undefined && JSON.stringify(from) === JSON.stringify(to)) return []
      data.set(name, to)
      return [{ name, to, ...(from === undefined ? {} : { from }) }]
    })
    if (names.length === 0) continue
    changes.push({
      seq,
      atMs,
      run,
      cause,
      names,
      ...(step === undefined ? {} : { step }),
      ...(node === undefined ? {} : { node }),
      ...(by === undefined ? {} : { by }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    })
  }
  return changes
}

const causeOf = (type: string, by: string | undefined): DataChange['cause'] | undefined => {
  switch (type) {
    case 'created':
      return 'start'
    case 'closed':
      return 'step'
    case 'restarted':
      return 'restart'
    case 'data':
      return by === undefined ? 'code' : 'person'
    default:
      return undefined
  }
}
