/**
 * What an operator should see first (CONSOLE, operate): every kind of trouble that there is, worst first, as data.
 *
 * Owns: what counts as trouble, and which is worse. Does not own: how many there are (store), the sentence (console, CLI).
 */
import type { JsonValue } from '@millrace/model'
import { type IncidentGroup, MOST_OPERATE_LINES, OPERATE_CODES, type Operate, type OperateLine, type Store } from '@millrace/protocol'
import type { Programs } from '../programs.ts'
import { incidentGroupsView } from '../views/incident-groups.ts'
import type { Stale } from './stale.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Waiting for a lock is normal; for an hour, somebody should know behind what. */
const QUEUED_LONG_MS = HOUR_MS
/** Suspended over a night is a decision, over a day perhaps forgotten. */
const SUSPENDED_LONG_MS = DAY_MS
/** Timers are fired within the second; a minute late, something holds them up. */
const OVERDUE_MS = MINUTE_MS
const FAILED_WITHIN_MS = DAY_MS
/** Room for a day of a busy host. */
const DISK_LOW_BYTES = 1_073_741_824
/** Groups of incidents with a line of their own. */
const MOST_GROUPS = 5

export interface OperatePorts {
  readonly store: Store
  readonly programs: Programs
  readonly stale: (workspace: string) => Promise<Stale>
  readonly health: () => { readonly readOnly: boolean; readonly reason?: string }
  readonly now: () => number
}

export const operate = async (ports: OperatePorts, workspace: string): Promise<Operate> => {
  const { store } = ports
  const asOf = await store.queries.position()
  const { byStatus } = await store.queries.instanceCounts(workspace, { user: '', groups: [], seesAll: true })
  const groups = await incidentGroupsView(ports, workspace, {}, { limit: MOST_GROUPS })
  const [first, ...others] = groups.items.map(ofGroup)
  const ranked = [
    ...(await ofHost(ports)),
    ...(await ofStale(ports, workspace)),
    ...(first === undefined ? [] : [first]),
    ...(await ofStore(ports, workspace)),
  ].toSorted((a, b) => OPERATE_CODES.indexOf(a.code) - OPERATE_CODES.indexOf(b.code))
  // Every kind first: a second group of incidents hides no other trouble.
  const all = [...ranked, ...others]
  return {
    lines: all.slice(0, MOST_OPERATE_LINES).toSorted((a, b) => OPERATE_CODES.indexOf(a.code) - OPERATE_CODES.indexOf(b.code)),
    rest: all.slice(MOST_OPERATE_LINES),
    open: OPEN.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0),
    asOf,
  }
}

const OPEN = ['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING']

const ofHost = async ({ store, health }: OperatePorts): Promise<readonly OperateLine[]> => {
  const { readOnly, reason } = health()
  const { freeBytes } = await store.maintenance.facts()
  return [
    ...(readOnly ? [line('READ_ONLY', { count: 0 }, reason === undefined ? {} : { reason })] : []),
    ...(freeBytes !== undefined && freeBytes < DISK_LOW_BYTES ? [line('DISK_LOW', { count: 0 }, { freeBytes })] : []),
  ]
}

const ofStale = async ({ stale }: OperatePorts, workspace: string): Promise<readonly OperateLine[]> => {
  const { examples, ...found } = await stale(workspace)
  return found.count === 0 ? [] : [line('STALE', found, { instances: [...examples] }, { to: 'doctor', query: {} })]
}

const ofGroup = (group: IncidentGroup): OperateLine => {
  const { id, workflow, workflowTitle, node, nodeTitle, code, message, example } = group
  const params = {
    group: id,
    workflow,
    workflowTitle,
    ...(node === undefined ? {} : { node }),
    ...(nodeTitle === undefined ? {} : { nodeTitle }),
    code,
    message,
    instance: example.instance,
  }
  return line('INCIDENTS', { count: group.count, sinceMs: group.firstAtMs }, params, { to: 'incidents', query: { group: id } })
}

const ofStore = async ({ store, now }: OperatePorts, workspace: string): Promise<readonly OperateLine[]> => {
  const nowMs = now()
  const cuts = {
    queuedBeforeMs: nowMs - QUEUED_LONG_MS,
    suspendedBeforeMs: nowMs - SUSPENDED_LONG_MS,
    overdueBeforeMs: nowMs - OVERDUE_MS,
    failedFromMs: nowMs - FAILED_WITHIN_MS,
  }
  const found = await store.queries.troubles(workspace, cuts)
  const instances = (trouble: string, beforeMs: number): OperateLine['link'] => ({
    to: 'instances',
    query: { trouble, before: new Date(beforeMs).toISOString() },
  })
  const items = (trouble: string): OperateLine['link'] => ({ to: 'inbox', query: { view: 'all', trouble } })
  const failed: OperateLine['link'] = { to: 'instances', query: { status: 'FAILED', endedFrom: new Date(cuts.failedFromMs).toISOString() } }
  return [
    line('NOBODY', found.nobody, {}, items('nobody')),
    line('OVERDUE', found.overdue, { afterMs: OVERDUE_MS }, instances('overdue', cuts.overdueBeforeMs)),
    line('SCHEDULED_MISSED', found.missed, { afterMs: OVERDUE_MS }, instances('missed', cuts.overdueBeforeMs)),
    line('QUEUED_LONG', found.queued, { afterMs: QUEUED_LONG_MS }, instances('queued', cuts.queuedBeforeMs)),
    line('LATE', found.late, {}, items('late')),
    line('SUSPENDED_LONG', found.suspended, { afterMs: SUSPENDED_LONG_MS }, instances('suspended', cuts.suspendedBeforeMs)),
    line('FAILED', found.failed, { withinMs: FAILED_WITHIN_MS }, failed),
  ].filter(({ count }) => count > 0)
}

const line = (
  code: OperateLine['code'],
  found: { readonly count: number; readonly sinceMs?: number },
  params: { readonly [name: string]: JsonValue },
  link?: OperateLine['link'],
): OperateLine => ({ code, ...found, params: { ...params }, ...(link === undefined ? {} : { link }) })
