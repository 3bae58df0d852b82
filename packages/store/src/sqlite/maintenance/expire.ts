/** What is kept for a time only: feed positions, published messages, first answers, sessions, counts. */
import { QUARTER_MS } from '../../projections/activity.ts'
import { ACTIVITY_RETENTION_MS, ANSWER_RETENTION_MS, FEED_RETENTION_MS, MESSAGE_RETENTION_MS } from '../../retention.ts'
import { FEED_FLOOR_SETTING } from '../queries/feed.ts'
import type { Writer } from '../writer.ts'

/** Rows deleted per statement, so that a host that was down for a month does not stop for it. */
const SLICE = 5_000

export const expire = async (writer: Writer, nowMs: number): Promise<void> => {
  const { connection, transaction } = writer
  const { sql } = connection
  const deletions: readonly (readonly [sql: string, before: number])[] = [
    ['delete from message where id in (select id from message where at < ? limit ?)', nowMs - MESSAGE_RETENTION_MS],
    [
      'delete from answer where (workspace, user, route, key) in (select workspace, user, route, key from answer where at < ? limit ?)',
      nowMs - ANSWER_RETENTION_MS,
    ],
    ['delete from session where hash in (select hash from session where expires_at <= ? limit ?)', nowMs],
    ['delete from change where position in (select position from change where at < ? limit ?)', nowMs - FEED_RETENTION_MS],
    [
      `delete from activity where (flow, quarter) in (select a.flow, a.quarter from flow f cross join activity a on a.flow = f.id and a.quarter < ? limit ?)`,
      Math.floor((nowMs - ACTIVITY_RETENTION_MS) / QUARTER_MS),
    ],
  ]
  transaction(() => raiseFeedFloor(sql, nowMs - FEED_RETENTION_MS))
  for (const [text, before] of deletions) {
    for (;;) {
      const { changes } = transaction(() => sql(text).run(before, SLICE))
      if (changes < SLICE) break
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** Facts outlive the feed: only the position from which it is read moves. Times grow with positions, so the first row young enough is found by halving. */
const raiseFeedFloor = (sql: Writer['connection']['sql'], beforeMs: number): void => {
  const edges = sql(
    `select min(position) as low, max(position) as high from (
      select min(position) as position from fact union all select max(position) from fact
      union all select min(position) from change union all select max(position) from change)`,
  ).get()
  let low = Number(edges?.['low'] ?? 0)
  let high = Number(edges?.['high'] ?? 0) + 1
  // Invariant: rows before `low` are too old, rows from `high` on are young enough.
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = sql(
      `select position, at from (select * from (select position, at from fact where position >= ?1 order by position limit 1)
        union all select * from (select position, at from change where position >= ?1 order by position limit 1)) order by position limit 1`,
    ).get(middle)
    if (row === undefined || Number(row['at']) >= beforeMs) high = middle
    else low = Number(row['position']) + 1
  }
  const before = Number(sql('select value from setting where name = ?').get(FEED_FLOOR_SETTING)?.['value'] ?? 0)
  if (low - 1 <= before) return
  sql('insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value').run(
    FEED_FLOOR_SETTING,
    String(low - 1),
  )
}
