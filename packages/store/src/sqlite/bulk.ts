/**
 * Rows and runs gathered during a commit and made together at its end: calling into SQLite costs more than what it does there, and between two calls our own code
 * would push SQLite's out of the processor's cache.
 */
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type { Connection } from './connection.ts'

export interface Bulk {
  /** Where the values of the next row go: push exactly one per parameter. */
  row(): SQLInputValue[]
  /** Writes what was gathered. */
  flush(): void
  /** Forgets it: the transaction failed. */
  clear(): void
}

/** Rows per statement: 20 took two thirds of the time of one by one, 40 hardly less than 20. */
const ROWS = 20

/**
 * Rows of an insert, many per statement.
 *
 * @param head everything before the list of rows, `insert into t (a, b, c) values`
 * @param columns of the row that are pushed, the first ones
 * @param constants of the others, the same in every row: a value in the text costs nothing, one handed over a tenth of a microsecond
 */
export const bulk = (
  connection: Connection,
  options: { readonly head: string; readonly columns: number; readonly constants?: string },
): Bulk => {
  const { head, columns, constants } = options
  const row = `(${[...Array<string>(columns).fill('?'), ...(constants === undefined ? [] : [constants])].join(', ')})`
  // Unnumbered parameters: with numbered ones the binding searches its list of names for each value.
  return gather(connection, columns, [
    { text: `${head} ${Array<string>(ROWS).fill(row).join(', ')}`, rows: ROWS },
    { text: `${head} ${row}`, rows: 1 },
  ])
}

/** Runs of one statement that takes so many parameters. */
export const repeat = (connection: Connection, text: string, parameters: number): Bulk =>
  gather(connection, parameters, [{ text, rows: 1 }])

/** @param statements from the one that takes the most rows to the one that takes a single row */
const gather = ({ sql }: Connection, columns: number, statements: readonly { readonly text: string; readonly rows: number }[]): Bulk => {
  const values: SQLInputValue[] = []
  const prepared = new Map<string, StatementSync>()
  return {
    row: () => values,
    flush: () => {
      let from = 0
      for (const { text, rows } of statements) {
        const step = rows * columns
        if (values.length - from < step) continue
        let statement = prepared.get(text)
        if (statement === undefined) prepared.set(text, (statement = sql(text)))
        for (; values.length - from >= step; from += step) statement.run(...values.slice(from, from + step))
      }
      values.length = 0
    },
    clear: () => {
      values.length = 0
    },
  }
}
