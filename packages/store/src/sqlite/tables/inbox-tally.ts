/** Table `inbox_tally`: how many items are in whose inbox. Differences are gathered over a commit and written once per owner. Writes by primary key. */
import type { Connection } from '../connection.ts'

export interface InboxPlace {
  readonly workspace: number
  readonly owner: number
  readonly shared: 0 | 1
}

export interface InboxTally {
  add(place: InboxPlace, items: 1 | -1): void
  flush(): void
  clear(): void
}

export const createInboxTally = ({ sql }: Connection): InboxTally => {
  const rows = new Map<string, InboxPlace & { items: number }>()
  return {
    add: (place, items) => {
      const key = `${place.workspace} ${place.owner} ${place.shared}`
      const row = rows.get(key)
      if (row === undefined) rows.set(key, { ...place, items })
      else row.items += items
    },
    flush: () => {
      if (rows.size === 0) return
      for (const { workspace, owner, shared, items } of rows.values()) {
        if (items === 0) continue
        sql(
          `insert into inbox_tally (workspace, owner, shared, items) values (?, ?, ?, ?)
            on conflict (workspace, owner, shared) do update set items = items + excluded.items`,
        ).run(workspace, owner, shared, items)
      }
      rows.clear()
    },
    clear: () => rows.clear(),
  }
}
