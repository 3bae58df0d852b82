import type { HistoryEntry } from '@millrace/protocol'

export interface Asked {
  /** Principals who can or could answer, as it was assigned last. */
  readonly who: readonly string[]
  readonly dueAtMs?: number
  readonly comments: readonly { readonly by: string; readonly atMs: number; readonly text: string }[]
}

/** Who was asked by a work item, from the facts of its step. */
export const askedOf = (facts: readonly HistoryEntry[]): Asked => {
  let who: readonly string[] = []
  let dueAtMs: number | undefined
  const comments: Asked['comments'][number][] = []
  for (const { type, details, by, atMs } of facts) {
    if (type === 'opened' || type === 'turned') {
      const wait = recordIn(details.wait)
      if (wait === undefined) continue
      who = assigned(wait)
      dueAtMs = typeof wait.dueAtMs === 'number' ? wait.dueAtMs : undefined
    } else if (type === 'assigned') who = assigned(details)
    else if (type === 'claimed' && by !== undefined) who = [`user:${by}`]
    else if (type === 'commented' && by !== undefined && typeof details.text === 'string') comments.push({ by, atMs, text: details.text })
  }
  return { who, comments, ...(dueAtMs === undefined ? {} : { dueAtMs }) }
}

type Item = { readonly [name: string]: unknown }

const recordIn = (value: unknown): Item | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : undefined

const assigned = (of: Item): readonly string[] => {
  if (typeof of.assignee === 'string') return [`user:${of.assignee}`]
  return Array.isArray(of.candidates) ? of.candidates.filter((each) => typeof each === 'string') : []
}
