/** Incidents: failed steps, or code stopped as a whole, that wait for an operator. */
import { createHash } from 'node:crypto'
import type { State, Incident as StepIncident } from '@millrace/kernel'
import type { Incident, InstanceChange } from '@millrace/protocol'
import type { StepChange } from './touched.ts'

export interface IncidentRow {
  /** 0 = the instance as a whole. */
  readonly step: number
  readonly node?: string
  readonly error: StepIncident
  readonly group: string
}

export interface IncidentChanges {
  readonly drop: readonly number[]
  readonly put: readonly IncidentRow[]
}

/** What a tick changed among an instance's incidents. */
export const incidentChanges = (change: InstanceChange, steps: readonly StepChange[]): IncidentChanges => {
  const drop: number[] = []
  const put: IncidentRow[] = []
  const compare = (step: number, before: StepIncident | undefined, after: StepIncident | undefined, node?: string) => {
    if (before === after) return
    if (before !== undefined) drop.push(step)
    if (after !== undefined) {
      const group = incidentGroup({ workflow: change.after.workflow, node, code: after.code, message: after.message })
      put.push({ step, error: after, group, ...(node === undefined ? {} : { node }) })
    }
  }
  compare(0, change.before?.incident, change.after.incident)
  for (const { n, before, after, known } of steps) compare(n, before?.incident, after?.incident, known.node)
  return { drop, put }
}

/**
 * Same cause, same group: workflow, node, code, and the message without its quoted text, ids and numbers. Stable over restarts and releases, since links
 * to a group are kept by people.
 */
export const incidentGroup = (cause: {
  readonly workflow: string
  readonly node?: string | undefined
  readonly code: string
  readonly message: string
}): string => {
  const message = messagePattern(cause.message)
  return createHash('sha256')
    .update(JSON.stringify([cause.workflow, cause.node ?? '', cause.code, message]))
    .digest('hex')
    .slice(0, 16)
}

/** A message without what differs between two failures of one cause. */
export const messagePattern = (message: string): string =>
  message
    .slice(0, MESSAGE_LENGTH)
    .replace(/"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g, '""')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, '#')
    .replace(/\b(?=[0-9a-z]*\d)[0-9a-z]{8,}\b/gi, '#')
    .replace(/\d+/g, '#')

/** Characters of a message that tell one cause from another; a page of HTML in an error would only cost time. */
const MESSAGE_LENGTH = 1_000

export const incidentOf = (row: IncidentRow, of: Pick<State, 'id' | 'workflow' | 'version' | 'title'>): Incident => {
  const { atMs, ...error } = row.error
  return {
    instance: of.id,
    ...(row.step === 0 ? {} : { step: row.step }),
    workflow: of.workflow,
    version: of.version,
    ...(row.node === undefined ? {} : { node: row.node }),
    title: of.title,
    error,
    atMs,
    group: row.group,
  }
}
