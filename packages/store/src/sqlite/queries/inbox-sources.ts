/** Where a view of the inbox is read from, in its order. Keys are those of `inboxKey`. */

import type { SQLInputValue } from 'node:sqlite'
import type { InboxFilter, Reader } from '@millrace/protocol'
import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import type { QueryContext } from './context.ts'
import type { Key, Source } from './scan.ts'
import { unanswerableOwners } from './unanswerable.ts'

export const inboxSources = (context: QueryContext, filter: InboxFilter): readonly Source[] => {
  const { lookups } = context
  const { view, reader } = filter
  const workspace = lookups.findWorkspace(filter.workspace) ?? -1
  const user = lookups.findName(reader.user) ?? -1
  const order = orderOf(filter, 'id')
  if (filter.trouble === 'nobody' && view === 'all' && reader.seesAll) {
    return unanswerableOwners(context, filter.workspace).flatMap((owner) =>
      [0, 1].map((shared) => source(context, { from: INBOX, values: [workspace, owner, shared] }, orderOf(filter, 'item'))),
    )
  }
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
  return inboxOwners(view, reader).flatMap((owner) => {
    const number = lookups.findName(owner)
    if (number === undefined) return []
    return [0, 1].map((shared) => source(context, { from: INBOX, values: [workspace, number, shared] }, orderOf(filter, 'item')))
  })
}

const INBOX = 'inbox where workspace = ?1 and owner = ?2 and shared = ?3'

const inboxOwners = (view: InboxFilter['view'], reader: Reader): readonly string[] => {
  const groups = reader.groups.map((group) => `group:${group}`)
  if (view === 'mine') return [`user:${reader.user}`]
  return view === 'groups' ? groups : [`user:${reader.user}`, ...groups]
}

/** Expressions of both keys, and the order they are read in. */
interface Order {
  readonly a: string
  readonly b: string
  readonly by: string
  /** What comes after the key `:a`, `:b`, as ranges one after the other: each is one seek, however many rows share the first key. */
  readonly after: readonly string[]
}

const DECIDED: Order = {
  a: '-decided',
  b: '-id',
  by: 'decided desc, id desc',
  after: ['decided = -:a and id < -:b', 'decided < -:a'],
}

const orderOf = (filter: InboxFilter, id: 'id' | 'item'): Order => {
  switch (filter.sort ?? 'due') {
    case 'due':
      return { a: 'due', b: id, by: `due, ${id}`, after: [`due = :a and ${id} > :b`, 'due > :a'] }
    case '-created':
      return { a: '0', b: `-${id}`, by: `${id} desc`, after: [`${id} < -:b`] }
    case 'created':
      return { a: '0', b: id, by: id, after: [`${id} > :b`] }
    case '-priority':
      return { a: '-priority', b: id, by: `priority desc, ${id}`, after: [`(-priority, ${id}) > (:a, :b)`] }
  }
}

const source = (
  { connection }: QueryContext,
  table: { readonly from: string; readonly values: readonly SQLInputValue[] },
  order: Order,
): Source => {
  const query = (condition: string) => {
    const text = `select ${order.a} as a, ${order.b} as b from ${table.from} ${condition} order by ${order.by} limit :limit`
    const statement = connection.sql(text)
    // Ranges name only the keys they need.
    statement.setAllowUnknownNamedParameters(true)
    return (values: { readonly limit: number; readonly a?: number; readonly b?: number }): Key[] =>
      statement.all({ ...values }, ...table.values).map((row) => [Number(row['a']), Number(row['b'])])
  }
  const first = query('')
  const ranges = order.after.map((condition) => query(`and ${condition}`))
  return (after, limit) => {
    if (after === undefined) return first({ limit })
    const [a = 0, b = 0] = after
    const keys: Key[] = []
    for (const range of ranges) {
      if (keys.length < limit) keys.push(...range({ limit: limit - keys.length, a, b }))
    }
    return keys
  }
}
