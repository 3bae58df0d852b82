/** Where a view of the inbox is read from, in its order. Keys are those of `inboxKey`. */

import type { SQLInputValue } from 'node:sqlite'
import type { InboxFilter, Reader } from '@millrace/protocol'
import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import type { QueryContext } from './context.ts'
import type { Source } from './scan.ts'

export const inboxSources = (context: QueryContext, filter: InboxFilter): readonly Source[] => {
  const { lookups } = context
  const { view, reader } = filter
  const workspace = lookups.findWorkspace(filter.workspace) ?? -1
  const user = lookups.findName(reader.user) ?? -1
  const order = orderOf(filter, 'id')
  // Reads work_item by work_item_done.
  if (view === 'done')
    return [source(context, { from: 'work_item where workspace = ?1 and decided_by = ?2', values: [workspace, user] }, DECIDED)]
  if (filter.instance !== undefined) {
    if (!isUuid(filter.instance)) return []
    // Reads work_item by work_item_step: few, so they are sorted.
    const from = 'work_item where instance = (select id from instance where uuid = ?1)'
    return [source(context, { from, values: [uuidBytes(filter.instance)] }, order)]
  }
  if (view === 'started') {
    // Reads work_item by work_item_started, in order for "due".
    const from = 'work_item indexed by work_item_started where workspace = ?1 and initiator = ?2 and status = 0'
    return [source(context, { from, values: [workspace, user] }, order)]
  }
  if (view === 'all' && reader.seesAll) {
    // Reads work_item by work_item_due, in order for "due"; for other orders in one pass that keeps the first.
    return [source(context, { from: 'work_item indexed by work_item_due where workspace = ?1 and status = 0', values: [workspace] }, order)]
  }
  // Reads inbox by its key, in order for "due"; for other orders in one pass that keeps the first.
  const from = 'inbox where workspace = ?1 and owner = ?2 and shared = ?3'
  return inboxOwners(view, reader).flatMap((owner) => {
    const number = lookups.findName(owner)
    if (number === undefined) return []
    return [0, 1].map((shared) => source(context, { from, values: [workspace, number, shared] }, orderOf(filter, 'item')))
  })
}

const inboxOwners = (view: InboxFilter['view'], reader: Reader): readonly string[] => {
  const groups = reader.groups.map((group) => `group:${group}`)
  if (view === 'mine') return [`user:${reader.user}`]
  return view === 'groups' ? groups : [`user:${reader.user}`, ...groups]
}

/** Expressions of both keys, the order they are read in, and the condition on what comes after the key `:a`, `:b`. */
interface Order {
  readonly a: string
  readonly b: string
  readonly by: string
  readonly after: string
  readonly usesA: boolean
}

const DECIDED: Order = { a: '-decided', b: '-id', by: 'decided desc, id desc', after: '(decided, id) < (-:a, -:b)', usesA: true }

const orderOf = (filter: InboxFilter, id: 'id' | 'item'): Order => {
  switch (filter.sort ?? 'due') {
    case 'due':
      return { a: 'due', b: id, by: `due, ${id}`, after: `(due, ${id}) > (:a, :b)`, usesA: true }
    case '-created':
      return { a: '0', b: `-${id}`, by: `${id} desc`, after: `${id} < -:b`, usesA: false }
    case 'created':
      return { a: '0', b: id, by: id, after: `${id} > :b`, usesA: false }
    case '-priority':
      return { a: '-priority', b: id, by: `priority desc, ${id}`, after: `(-priority, ${id}) > (:a, :b)`, usesA: true }
  }
}

const source = (
  { connection }: QueryContext,
  table: { readonly from: string; readonly values: readonly SQLInputValue[] },
  order: Order,
): Source => {
  const query = (condition: string) =>
    connection.sql(`select ${order.a} as a, ${order.b} as b from ${table.from} ${condition} order by ${order.by} limit :limit`)
  const first = query('')
  const next = query(`and ${order.after}`)
  return (after, limit) => {
    const [a = 0, b = 0] = after ?? []
    const rows =
      after === undefined ? first.all({ limit }, ...table.values) : next.all(order.usesA ? { limit, a, b } : { limit, b }, ...table.values)
    return rows.map((row) => [Number(row['a']), Number(row['b'])])
  }
}
