import { isAttemptRunning, isFinal } from '@millrace/kernel'
import {
  type InstanceFilter,
  type InstanceSummary,
  instanceSummary,
  type Page,
  type PageOptions,
  type QueryStore,
  type Reader,
} from '@millrace/protocol'
import { readCursor, writeCursor } from '../../cursor.ts'
import { contains, isAt } from '../../projections/data-filter.ts'
import type { MemoryInstance, Tables } from '../tables.ts'
import { troubledSince } from './troubles.ts'

export const listInstances = (tables: Tables, filter: InstanceFilter, page: PageOptions): Page<InstanceSummary> => {
  const sort = filter.trouble !== undefined && filter.sort === '-updated' ? '-created' : (filter.sort ?? '-created')
  const key = (instance: MemoryInstance) => (sort === '-updated' ? instance.seq : instance.order)
  const direction = sort === 'created' ? 1 : -1
  const [after] = readCursor(page.cursor, 1) ?? []
  const found = [...tables.instances.values()]
    .filter((instance) => mayRead(instance, filter.reader) && matches(tables, instance, filter))
    .filter((instance) => after === undefined || direction * (key(instance) - after) > 0)
    .sort((a, b) => direction * (key(a) - key(b)))
  const rows = found.slice(0, page.limit)
  const last = rows.at(-1)
  return {
    items: rows.map((row) => instanceSummary(row.state, { seq: row.seq, incidents: row.incidents.size })),
    ...(found.length > rows.length && last !== undefined ? { next: writeCursor([key(last)]) } : {}),
    asOf: tables.position,
  }
}

/** Own instances, and those one is or was asked about. */
const mayRead = (instance: MemoryInstance, reader: Reader): boolean =>
  reader.seesAll || instance.involved.has(`user:${reader.user}`) || reader.groups.some((group) => instance.involved.has(`group:${group}`))

const matches = (tables: Tables, instance: MemoryInstance, filter: InstanceFilter): boolean => {
  const { state } = instance
  const is = <T>(wanted: T | undefined, actual: T) => wanted === undefined || wanted === actual
  return (
    state.workspace === filter.workspace &&
    (filter.status === undefined || filter.status.includes(state.status)) &&
    is(filter.workflow, state.workflow) &&
    is(filter.version, state.version) &&
    is(filter.kind, state.kind) &&
    is(filter.initiator, state.initiator) &&
    is(filter.parent, state.parent?.instance) &&
    is(filter.hasIncident, instance.incidents.size > 0) &&
    (filter.lock === undefined || state.locks.includes(filter.lock)) &&
    (filter.node === undefined || waitsAt(instance, filter.node)) &&
    (filter.incidentGroup === undefined || [...instance.incidents.values()].some(({ group }) => group === filter.incidentGroup)) &&
    (filter.createdFromMs === undefined || state.createdAtMs >= filter.createdFromMs) &&
    (filter.createdToMs === undefined || state.createdAtMs < filter.createdToMs) &&
    (filter.endedFromMs === undefined || (state.endedAtMs ?? -1) >= filter.endedFromMs) &&
    (filter.endedToMs === undefined || (state.endedAtMs ?? Number.POSITIVE_INFINITY) < filter.endedToMs) &&
    (filter.trouble === undefined || troubledSince(instance, filter.trouble) !== undefined) &&
    (filter.payload === undefined || ('ref' in state.payload && state.payload.ref === filter.payload)) &&
    (filter.title === undefined || contains(state.title, filter.title)) &&
    Object.entries(filter.data ?? {}).every(([path, value]) => isAt(state.data, path, JSON.stringify(value)))
  )
}

const waitsAt = (instance: MemoryInstance, node: string): boolean =>
  [...instance.steps.values()].some((step) => step.node === node) ||
  [...instance.items.values()].some(({ row }) => row.status === 'open' && row.node === node) ||
  (instance.busy > 0 && Object.values(instance.state.steps).some((step) => step.node === node && isAttemptRunning(step)))

export const countInstances: (tables: Tables, workspace: string, reader: Reader) => Awaited<ReturnType<QueryStore['instanceCounts']>> = (
  tables,
  workspace,
  reader,
) => {
  const byStatus: { [status: string]: number } = {}
  let incidents = 0
  for (const instance of tables.instances.values()) {
    if (instance.state.workspace !== workspace || !mayRead(instance, reader)) continue
    byStatus[instance.state.status] = (byStatus[instance.state.status] ?? 0) + 1
    if (!isFinal(instance.state.status)) incidents += instance.incidents.size
  }
  return { byStatus, incidents }
}

/** By full id, prefix or suffix of at least four characters; newest first. */
export const findInstances = (tables: Tables, workspace: string, part: string, limit: number): readonly string[] => {
  const wanted = part.toLowerCase()
  if (wanted.length < 4) return []
  return [...tables.instances.values()]
    .filter(({ state }) => state.workspace === workspace && (state.id.startsWith(wanted) || state.id.endsWith(wanted)))
    .reverse()
    .slice(0, limit)
    .map(({ state }) => state.id)
}
