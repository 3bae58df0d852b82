/** The feed, read back: rows of facts and changes outside instances, in one sequence of positions. */

import type { SQLOutputValue } from 'node:sqlite'
import type { FeedEvent } from '@millrace/protocol'
import { decodeFacts } from '../../codec/decode-facts.ts'
import { checkCursor } from '../../feed-floor.ts'
import { eventsOf } from '../../projections/feed.ts'
import { INSTANCE_COLUMNS, readInstance } from '../tables/instance.ts'
import type { QueryContext } from './context.ts'

/** Setting: events up to this position are no longer kept. */
export const FEED_FLOOR_SETTING = 'store.feed-floor'

export const readFeed = (context: QueryContext, after: number, limit: number): readonly FeedEvent[] => {
  const { sql } = context.connection
  const floor = Number(sql('select value from setting where name = ?').get(FEED_FLOOR_SETTING)?.['value'] ?? 0)
  checkCursor(after, { floor, position: context.position() })
  // Reads fact and change by key; instance by key.
  const facts = sql(
    `select f.position, f.seq, f.at, f.format, f.body, ${INSTANCE_COLUMNS} from fact f join instance i on i.id = f.instance
      where f.position > ? order by f.position limit ?`,
  )
    .all(after, limit)
    .flatMap((row) => eventsOfRow(context, row))
  const changes = sql('select * from change where position > ? order by position limit ?').all(after, limit).map(readChange)
  return [...facts, ...changes]
    .filter((event) => event.seq > after)
    .sort((a, b) => a.seq - b.seq)
    .slice(0, limit)
}

type Row = { readonly [column: string]: SQLOutputValue }

const eventsOfRow = ({ lookups, loader }: QueryContext, row: Row): readonly FeedEvent[] => {
  const { workspace } = lookups.flowById(Number(row['i_flow']))
  const blobs = loader.blobs(workspace)
  const instance = readInstance(row, lookups, blobs)
  const atMs = Number(row['at'])
  const { facts, context } = decodeFacts(String(row['body']), { atMs, format: Number(row['format']), instance, blobs })
  const events = eventsOf({
    id: instance.id,
    workspace,
    locks: instance.locks,
    version: Number(row['seq']) + facts.length - 1,
    facts,
    context,
  })
  return events.map((event, index) => ({ seq: Number(row['position']) - events.length + 1 + index, atMs, ...event }))
}

const readChange = (row: Row): FeedEvent => ({
  seq: Number(row['position']),
  atMs: Number(row['at']),
  noun: String(row['noun']),
  id: String(row['id']),
  ...(row['workspace'] === null ? {} : { workspace: String(row['workspace']) }),
  ...(row['version'] === null ? {} : { version: Number(row['version']) }),
  changed: JSON.parse(String(row['changed'])) as string[],
})
