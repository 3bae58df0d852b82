import type { SQLInputValue } from 'node:sqlite'
import type { InstanceFilter } from '@millrace/protocol'
import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import { kindCode, statusCode } from '../codes.ts'
import type { QueryContext } from './context.ts'
import { ownersOf } from './instance-sources.ts'

export interface Conditions {
  /** On `instance i`. */
  readonly where: string
  readonly values: { readonly [name: string]: SQLInputValue }
  /** Further columns of the row, beginning with a comma. */
  readonly columns: string
}

/** All filters as conditions on a row; also those a source has applied already, since another source may have been chosen. */
export const instanceConditions = (context: QueryContext, filter: InstanceFilter): Conditions => {
  const { lookups } = context
  const conditions: string[] = ['true']
  const values: { [name: string]: SQLInputValue } = {}
  const add = (condition: string, given: { readonly [name: string]: SQLInputValue } = {}) => {
    conditions.push(condition)
    Object.assign(values, given)
  }

  if (!filter.reader.seesAll) {
    add(
      '(i.initiator = :reader or exists (select 1 from involved v where v.owner in (select value from json_each(:owners)) and v.instance = i.id))',
      {
        reader: lookups.findName(filter.reader.user) ?? -1,
        owners: JSON.stringify(ownersOf(context, filter.reader)),
      },
    )
  }
  if (filter.status !== undefined) add(`i.status in (${filter.status.map(statusCode.write).join(', ')})`)
  if (filter.workflow !== undefined) {
    add('i.flow in (select id from flow where workspace = :workspace and workflow = :workflow)', {
      workspace: lookups.findWorkspace(filter.workspace) ?? -1,
      workflow: filter.workflow,
    })
  }
  if (filter.kind !== undefined) add('i.flow in (select id from flow where kind = :kind)', { kind: kindCode.write(filter.kind) })
  if (filter.version !== undefined) add('i.version = :version', { version: filter.version })
  if (filter.initiator !== undefined) add('i.initiator = :initiator', { initiator: lookups.findName(filter.initiator) ?? -1 })
  if (filter.parent !== undefined) add('i.parent = :parent', { parent: isUuid(filter.parent) ? uuidBytes(filter.parent) : null })
  if (filter.lock !== undefined)
    add('i.locks is not null and exists (select 1 from json_each(i.locks) where value = :lock)', { lock: filter.lock })
  if (filter.hasIncident !== undefined) add(filter.hasIncident ? 'i.incidents > 0' : 'i.incidents = 0')
  if (filter.incidentGroup !== undefined) {
    add('exists (select 1 from incident c where c.instance = i.id and c.cause = :cause)', { cause: filter.incidentGroup })
  }
  if (filter.createdFromMs !== undefined) add('i.created >= :createdFrom', { createdFrom: filter.createdFromMs })
  if (filter.createdToMs !== undefined) add('i.created < :createdTo', { createdTo: filter.createdToMs })
  if (filter.endedFromMs !== undefined) add('i.ended >= :endedFrom', { endedFrom: filter.endedFromMs })
  if (filter.endedToMs !== undefined) add('i.ended < :endedTo', { endedTo: filter.endedToMs })
  if (filter.trouble !== undefined) add(`i.status = ${statusCode.write(TROUBLED[filter.trouble.kind])}`)
  if (filter.payload !== undefined) add('i.payload_kind between 1 and 3 and i.payload = :payload', { payload: filter.payload })
  if (filter.title !== undefined) add('contains(i.title, :title)', { title: filter.title })
  for (const [index, [path, value]] of Object.entries(filter.data ?? {}).entries()) {
    const wanted = JSON.stringify(value)
    // The text of the value must stand somewhere in the text of the data: SQLite looks for that faster than we parse.
    add(`instr(i.data, :wanted${index}) > 0 and is_at(i.data, :path${index}, :wanted${index})`, {
      [`path${index}`]: path,
      [`wanted${index}`]: wanted,
    })
  }
  if (filter.node === undefined) return { where: conditions.join(' and '), values, columns: '' }
  add(`(i.busy > 0 or ${AT_NODE})`, { node: filter.node })
  return { where: conditions.join(' and '), values, columns: `, ${AT_NODE} as at_node` }
}

/** Since when it has its trouble, the source has looked up; that it still counts, its status says. */
const TROUBLED = { queued: 'QUEUED', suspended: 'SUSPENDED', overdue: 'RUNNING', missed: 'SCHEDULED' } as const

/** A step rests at the node, or a person is waited for there. Reads step by key, work_item by work_item_step. */
const AT_NODE = `(exists (select 1 from step s where s.instance = i.id and s.node = :node)
  or exists (select 1 from work_item w where w.instance = i.id and w.status = 0 and w.node = :node))`
