/**
 * Table `tally`: how many instances of a version are in which status, and their open incidents; so that counts cost nothing however many instances ended.
 * Differences are gathered over a commit and written once per version. Writes by primary key.
 */
import type { Status } from '@millrace/kernel'
import { statusCode, TALLY_COLUMNS } from '../codes.ts'
import type { Connection } from '../connection.ts'

export interface Tally {
  /** An instance of this version goes from one status to another; `from` absent: it begins; `to` absent: it is purged. */
  move(
    flow: number,
    version: number,
    change: { readonly from?: Status | undefined; readonly to?: Status | undefined; readonly incidents: number },
  ): void
  flush(): void
  clear(): void
}

interface TallyRow {
  readonly flow: number
  readonly version: number
  readonly counts: number[]
}

const COLUMNS = [...TALLY_COLUMNS, 'incidents']
const INCIDENTS = COLUMNS.length - 1

export const createTally = ({ sql }: Connection): Tally => {
  const rows = new Map<string, TallyRow>()
  let last: TallyRow | undefined
  const rowOf = (flow: number, version: number): TallyRow => {
    // A tick's instances are mostly of one version.
    if (last?.flow === flow && last.version === version) return last
    const key = `${flow} ${version}`
    let row = rows.get(key)
    if (row === undefined) rows.set(key, (row = { flow, version, counts: COLUMNS.map(() => 0) }))
    return (last = row)
  }
  const clear = () => {
    rows.clear()
    last = undefined
  }
  return {
    move: (flow, version, { from, to, incidents }) => {
      if (from === to && incidents === 0) return
      const { counts } = rowOf(flow, version)
      const add = (column: number, by: number) => void (counts[column] = (counts[column] ?? 0) + by)
      if (from !== to) {
        if (from !== undefined) add(statusCode.write(from), -1)
        if (to !== undefined) add(statusCode.write(to), 1)
      }
      add(INCIDENTS, incidents)
    },
    flush: () => {
      for (const { flow, version, counts } of rows.values()) {
        if (counts.every((count) => count === 0)) continue
        sql(
          `insert into tally (flow, version, ${COLUMNS.join(', ')}) values (?, ?, ${COLUMNS.map(() => '?').join(', ')})
            on conflict (flow, version) do update set ${COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`,
        ).run(flow, version, ...counts)
      }
      clear()
    },
    clear,
  }
}
