/** Where a list of instances is read from, in its order: the index of the most selective filter. Every source is one index, or the table itself. */

import type { SQLInputValue } from 'node:sqlite'
import type { InstanceFilter, InstanceTrouble, Reader } from '@millrace/protocol'
import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import { COMPLETED_CODE, statusCode } from '../codes.ts'
import { workspaceRange } from '../lookups.ts'
import type { QueryContext } from './context.ts'
import type { Source } from './scan.ts'

/** Statuses of instances that have steps. */
const ACTIVE = ['RUNNING', 'SUSPENDED', 'CANCELLING'] as const

/** Keys are `[id]`, negative when newest first; for "-updated" `[-position, id]`. */
export const instanceSources = (context: QueryContext, filter: InstanceFilter): readonly Source[] =>
  filter.sort === '-updated' ? [byChange(context, filter)] : arms(context, filter).map((arm) => bySource(context, filter, arm))

/** One index and the value it is read at: `from` … `where`, with `id` as the instance's number. */
interface Arm {
  readonly from: string
  readonly id: string
  readonly where: string
  readonly values: readonly SQLInputValue[]
}

const own = (where: string, ...values: readonly SQLInputValue[]): Arm => ({ from: 'instance', id: 'id', where, values })

const arms = (context: QueryContext, filter: InstanceFilter): readonly Arm[] => {
  const { lookups } = context
  const workspace = lookups.findWorkspace(filter.workspace) ?? -1
  // First: its conditions on rows rest on what this source has chosen.
  if (filter.trouble !== undefined) return [troubleArm(filter.trouble)]
  if (filter.parent !== undefined) return isUuid(filter.parent) ? [own('parent = ?', uuidBytes(filter.parent))] : []
  if (filter.payload !== undefined) return [own('payload = ? and payload_kind between 1 and 3', filter.payload)]
  if (filter.incidentGroup !== undefined)
    return [{ from: 'incident', id: 'instance', where: 'workspace = ? and cause = ?', values: [workspace, filter.incidentGroup] }]
  if (filter.hasIncident === true) return [{ from: 'incident', id: 'instance', where: 'workspace = ?', values: [workspace] }]
  if (filter.lock !== undefined) return [own('locks is not null and exists (select 1 from json_each(locks) where value = ?)', filter.lock)]
  if (filter.initiator !== undefined) return [own('initiator = ?', lookups.findName(filter.initiator) ?? -1)]
  const statuses = filter.node === undefined ? filter.status : (filter.status ?? ACTIVE)
  if (statuses !== undefined && !statuses.includes('COMPLETED'))
    return statuses.map((status) => own(`status = ? and status <> ${COMPLETED_CODE}`, statusCode.write(status)))
  if (!filter.reader.seesAll)
    return [
      own('initiator = ?', lookups.findName(filter.reader.user) ?? -1),
      ...ownersOf(context, filter.reader).map((owner): Arm => ({ from: 'involved', id: 'instance', where: 'owner = ?', values: [owner] })),
    ]
  if (filter.workflow !== undefined)
    return (filter.kind === undefined ? (['graph', 'code'] as const) : [filter.kind]).map((kind) =>
      own('flow = ?', findFlow(context, filter.workspace, filter.workflow ?? '', kind)),
    )
  return [own('true')]
}

/** Each trouble has a table or index of its own, so that a few are found among many that are well. */
const troubleArm = ({ kind, beforeMs }: InstanceTrouble): Arm => {
  switch (kind) {
    case 'queued':
      return { from: 'lock_request', id: 'instance', where: 'since < ?', values: [beforeMs] }
    case 'suspended':
      return { from: 'suspended', id: 'instance', where: 'since < ?', values: [beforeMs] }
    case 'overdue':
      return { from: 'timer', id: 'instance', where: 'due < ? and step > 0', values: [beforeMs] }
    case 'missed':
      return { from: 'timer', id: 'instance', where: 'due < ? and step = 0', values: [beforeMs] }
  }
}

/** Numbers of the person and of their groups, as `involved` and `inbox` know them. */
export const ownersOf = ({ lookups }: QueryContext, reader: Reader): readonly number[] =>
  [`user:${reader.user}`, ...reader.groups.map((group) => `group:${group}`)].flatMap((owner) => lookups.findName(owner) ?? [])

const findFlow = ({ connection, lookups }: QueryContext, workspace: string, workflow: string, kind: 'graph' | 'code'): number => {
  const row = connection
    .sql('select id from flow where workspace = ? and workflow = ? and kind = ?')
    .get(lookups.findWorkspace(workspace) ?? -1, workflow, kind === 'graph' ? 0 : 1)
  return Number(row?.['id'] ?? -1)
}

const bySource = ({ connection, lookups }: QueryContext, filter: InstanceFilter, arm: Arm): Source => {
  const { from, to } = workspaceRange(lookups, filter.workspace)
  const isAscending = filter.sort === 'created'
  const statement = connection.sql(
    `select distinct ${arm.id} as id from ${arm.from} where ${arm.where} and ${arm.id} > ? and ${arm.id} < ? order by ${arm.id} ${isAscending ? 'asc' : 'desc'} limit ?`,
  )
  return (after, limit) => {
    const id = after?.[0]
    const low = isAscending && id !== undefined ? id : from
    const high = !isAscending && id !== undefined ? -id : to
    return statement.all(...arm.values, low, high, limit).map((row) => [isAscending ? Number(row['id']) : -Number(row['id'])])
  }
}

/** Facts stand in the order of changes, so the newest of them are the instances changed last. */
const byChange = ({ connection, lookups }: QueryContext, filter: InstanceFilter): Source => {
  const { from, to } = workspaceRange(lookups, filter.workspace)
  const statement = connection.sql('select position, instance from fact where position < ? order by position desc limit ?')
  return (after, limit) => {
    let before = after?.[0] === undefined ? Number.MAX_SAFE_INTEGER : -after[0]
    for (;;) {
      const rows = statement.all(before, limit)
      const keys = rows.map((row) => [-Number(row['position']), Number(row['instance'])])
      const mine = keys.filter(([, id]) => id !== undefined && id > from && id < to)
      if (mine.length > 0 || rows.length < limit) return mine
      before = -(keys.at(-1)?.[0] ?? 0)
    }
  }
}
