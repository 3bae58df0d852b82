/** Table `seen`: who has opened which open item. Writes by primary key and by seen_item. */

import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import type { Unseen } from '../../projections/seen.ts'
import type { Connection } from '../connection.ts'
import type { Lookups } from '../lookups.ts'
import type { Writer } from '../writer.ts'

/** An item of a tick is new again. Reads seen by seen_item. */
export const clearSeen = ({ sql }: Connection, lookups: Lookups, item: number, { but }: Unseen): void => {
  sql('delete from seen where item = ? and user <> ?').run(item, but === undefined ? -1 : (lookups.findName(but) ?? -1))
}

/** Nothing is written where the mark is there already, or the item is not open. Reads instance by instance_uuid, work_item by work_item_step. */
export const markSeen = ({ connection, lookups, transaction }: Writer, user: string, instance: string, step: number): void => {
  if (!isUuid(instance)) return
  const { sql } = connection
  const item = sql(
    'select w.id from instance i join work_item w on w.instance = i.id where i.uuid = ? and w.step = ? and w.status = 0',
  ).get(uuidBytes(instance), step)?.['id']
  if (item === undefined) return
  const known = lookups.findName(user)
  if (known !== undefined && sql('select 1 from seen where user = ? and item = ?').get(known, item) !== undefined) return
  transaction(() => void sql('insert or ignore into seen (user, item) values (?, ?)').run(lookups.name(user), item))
}
