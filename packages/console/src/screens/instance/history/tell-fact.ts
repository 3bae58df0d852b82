/** Which sentence a fact is told by, and with what words. Pure. */
import type { HistoryEntry } from '@millrace/protocol'

/** Facts that have a sentence of their own; another one is shown by its name. */
export const FACT_KEYS = [
  'created',
  'queued',
  'admitted',
  'suspended',
  'suspended-reason',
  'resumed',
  'cancelling',
  'cancelling-reason',
  'ended-COMPLETED',
  'ended-FAILED',
  'ended-ABORTED',
  'ended-ABORTED-reason',
  'restarted',
  'passed',
  'cleared',
  'opened-task',
  'opened-work-item',
  'opened-timer',
  'opened-message',
  'opened-callback',
  'opened-child',
  'turned',
  'closed',
  'closed-route',
  'closed-failed',
  'closed-skipped',
  'withdrawn',
  'attempt-started',
  'attempt-failed',
  'attempt-failed-last',
  'attempt-returned',
  'callback',
  'incident',
  'incident-resolved-retried',
  'incident-resolved-skipped',
  'incident-resolved-reassigned',
  'claimed',
  'unclaimed',
  'assigned-delegated',
  'assigned-reassigned',
  'assigned-escalated',
  'commented',
  'reminded',
  'timed-out',
  'data',
  'message',
  'held',
  'released',
  'logged',
  'published',
  'withdrew',
  'continued',
  'ran',
  'runner-killed',
] as const
export type FactKey = (typeof FACT_KEYS)[number]

export interface FactTold {
  readonly key: FactKey | undefined
  readonly params: { readonly [name: string]: string | undefined }
  /** Principals it names beside who did it. */
  readonly who: readonly string[]
}

export const tellFact = ({ type, details }: Pick<HistoryEntry, 'type' | 'details'>): FactTold => {
  const error = recordIn(details.error)
  const wait = recordIn(details.wait)
  const asked = wait ?? details
  const params = {
    code: textIn(error?.code),
    message: textIn(error?.message),
    reason: textIn(details.reason),
    route: textIn(details.route),
    text: textIn(details.text) ?? textIn(details.message) ?? textIn(details.comment),
    name:
      textIn(details.name) ?? textIn(wait?.name) ?? (type === 'data' ? Object.keys(recordIn(details.data) ?? {}).join(', ') : undefined),
    task: textIn(wait?.task),
    number: textIn(details.attempt) ?? textIn(details.run) ?? textIn(details.kills),
    status: textIn(details.status),
  }
  const who =
    typeof asked.assignee === 'string' ? [`user:${asked.assignee}`] : Array.isArray(asked.candidates) ? asked.candidates.filter(isText) : []
  return { key: known(nameOf(type, details, wait)), params, who }
}

type Item = { readonly [name: string]: unknown }

/** Some facts have a sentence for each way they can be. */
const nameOf = (type: string, details: Item, wait: Item | undefined): string => {
  switch (type) {
    case 'opened':
      return `opened-${textIn(wait?.kind) ?? 'task'}`
    case 'closed':
      if (details.skipped === true) return 'closed-skipped'
      if (details.error !== undefined) return 'closed-failed'
      return details.route === undefined ? 'closed' : 'closed-route'
    case 'ended':
      return `ended-${textIn(details.status) ?? ''}${details.status === 'ABORTED' && details.reason !== undefined ? '-reason' : ''}`
    case 'attempt-failed':
      return details.retryAtMs === undefined ? 'attempt-failed-last' : 'attempt-failed'
    case 'suspended':
    case 'cancelling':
      return details.reason === undefined ? type : `${type}-reason`
    case 'incident-resolved':
    case 'assigned':
      return `${type}-${textIn(details.how) ?? ''}`
    default:
      return type
  }
}

const known = (name: string): FactKey | undefined => FACT_KEYS.find((key) => key === name)

const isText = (value: unknown): value is string => typeof value === 'string'

const textIn = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)

const recordIn = (value: unknown): Item | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : undefined
