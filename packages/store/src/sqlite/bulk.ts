/** Rows gathered during a commit and written many per statement: calling into SQLite costs more than what it does there. */
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type { Connection } from './connection.ts'

export interface Bulk {
  /** Where the values of the next row go: push exactly one per column. */
  row(): SQLInputValue[]
  /** Writes what is left. */
  flush(): void
  /** Forgets what is left: the transaction failed. */
  clear(): void
}

/** Rows per statement: 20 took two thirds of the time of one by one, 40 hardly less than 20. */
const ROWS = 20

/**
 * @param head everything before the list of rows, `insert into t (a, b, c) values`
 * @param columns of the row that are pushed, the first ones
 * @param constants of the others, the same in every row: a value in the text costs nothing, one handed over a tenth of a microsecond
 */
export const bulk = (
  { sql }: Connection,
  options: { readonly head: string; readonly columns: number; readonly constants?: string },
): Bulk => {
  const { head, columns, constants } = options
  const row = `(${[...Array<string>(columns).fill('?'), ...(constants === undefined ? [] : [constants])].join(', ')})`
  const values: SQLInputValue[] = []
  let many: StatementSync | undefined
  let one: StatementSync | undefined
  const writeFull = () => {
    if (values.length < ROWS * columns) return
    // Unnumbered parameters: with numbered ones the binding searches its list of names for each value.
    many ??= sql(`${head} ${Array<string>(ROWS).fill(row).join(', ')}`)
    many.run(...values)
    values.length = 0
  }
  return {
    row: () => {
      writeFull()
      return values
    },
    flush: () => {
      if (values.length === 0) return
      writeFull()
      one ??= sql(`${head} ${row}`)
      for (let at = 0; at < values.length; at += columns) one.run(...values.slice(at, at + columns))
      values.length = 0
    },
    clear: () => {
      values.length = 0
    },
  }
}
