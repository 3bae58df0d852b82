/** Table `activity`: differences are gathered over a commit and written once per workflow. Writes by primary key. */
import { ACTIVITIES, type Activity, QUARTER_MS } from '../../projections/activity.ts'
import type { Connection } from '../connection.ts'

export interface ActivityTally {
  add(flow: number, activity: Activity): void
  flush(atMs: number): void
  clear(): void
}

const SQL = `insert into activity (flow, quarter, ${ACTIVITIES.join(', ')}) values (?, ?, ${ACTIVITIES.map(() => '?').join(', ')})
  on conflict (flow, quarter) do update set ${ACTIVITIES.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

export const createActivityTally = ({ sql }: Connection): ActivityTally => {
  const rows = new Map<number, { -readonly [K in keyof Activity]: number }>()
  return {
    add: (flow, activity) => {
      const row = rows.get(flow)
      if (row === undefined) rows.set(flow, { ...activity })
      else for (const name of ACTIVITIES) row[name] += activity[name]
    },
    flush: (atMs) => {
      if (rows.size === 0) return
      const quarter = Math.floor(atMs / QUARTER_MS)
      for (const [flow, row] of rows) sql(SQL).run(flow, quarter, ...ACTIVITIES.map((name) => row[name]))
      rows.clear()
    },
    clear: () => rows.clear(),
  }
}
