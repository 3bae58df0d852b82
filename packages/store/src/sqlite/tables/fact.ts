/**
 * Table `fact`: one row per instance and tick, in feed order. Each row knows how far back the row before of its instance is (`prev`); rows beyond fact 64 are
 * also in the index fact_far, so that long histories are paged by it and short ones walked.
 */
import { type Fact, FORMAT } from '@millrace/kernel'
import type { BlobReader, BlobWriter } from '../../codec/blob.ts'
import { type DecodedRow, decodeFacts } from '../../codec/decode-facts.ts'
import { encodeFacts } from '../../codec/encode-facts.ts'
import type { RowInstance } from '../../codec/fact-shapes.ts'
import type { RowContext } from '../../projections/context.ts'
import { type Bulk, bulk } from '../bulk.ts'
import type { Connection } from '../connection.ts'

export interface FactWrites {
  add(row: {
    readonly position: number
    readonly instance: number
    readonly seq: number
    /** Position of the instance's row before; 0 = this is its first. */
    readonly before: number
    readonly atMs: number
    readonly run: number
    readonly facts: readonly Fact[]
    readonly context: RowContext
    readonly blobs: BlobWriter
  }): void
  readonly bulks: readonly Bulk[]
}

export const factWrites = (connection: Connection): FactWrites => {
  const head = 'insert into fact (position, instance, seq, prev, at, body, run, format) values'
  const firstRun = bulk(connection, { head, columns: 6, constants: `1, ${FORMAT}` })
  const laterRun = bulk(connection, { head, columns: 7, constants: String(FORMAT) })
  return {
    add: ({ position, instance, seq, before, atMs, run, facts, context, blobs }) => {
      const prev = before === 0 ? 0 : position - before
      const body = encodeFacts(facts, { atMs, context, blobs })
      if (run === 1) firstRun.row().push(position, instance, seq, prev, atMs, body)
      else laterRun.row().push(position, instance, seq, prev, atMs, body, run)
    },
    bulks: [firstRun, laterRun],
  }
}

/** Facts up to this number are found by walking back; more would make the walk longer than a page, fewer would index short instances. Part of the schema. */
const FAR = 64

export interface FactRow extends DecodedRow {
  readonly position: number
  readonly seq: number
  readonly run: number
  readonly atMs: number
}

interface StoredRow {
  readonly position: number
  readonly seq: number
  readonly prev: number
  readonly at: number
  readonly run: number
  readonly format: number
  readonly body: string
}

const COLUMNS = 'position, seq, prev, at, run, format, body'

export interface FactReads {
  /** Rows from the last back to the one that holds fact `seq`, in order. Reads fact by primary key. */
  backTo(instance: RowInstance & { readonly last: number }, seq: number): readonly FactRow[]
  /** Rows with facts after `after`, in order, at least `limit` facts if there are so many. */
  after(instance: RowInstance & { readonly rowId: number; readonly last: number }, after: number, limit: number): readonly FactRow[]
  /** Rows with the last `limit` facts before `before`, in order; perhaps more. */
  before(instance: RowInstance & { readonly rowId: number; readonly last: number }, before: number, limit: number): readonly FactRow[]
}

export const factReads = ({ sql }: Connection, blobs: BlobReader): FactReads => {
  const decode = (row: StoredRow, instance: RowInstance): FactRow => ({
    position: row.position,
    seq: row.seq,
    run: row.run,
    atMs: row.at,
    ...decodeFacts(row.body, { atMs: row.at, format: row.format, instance, blobs }),
  })
  const walk = (from: number, seq: number): StoredRow[] => {
    const rows: StoredRow[] = []
    for (let position = from; position > 0; ) {
      const row = sql(`select ${COLUMNS} from fact where position = ?`).get(position) as StoredRow | undefined
      if (row === undefined) throw new Error(`The row of facts at position ${position} is missing.`)
      rows.push(row)
      if (row.seq <= seq || row.prev === 0) break
      position -= row.prev
    }
    return rows.reverse()
  }
  /** All rows up to fact 64. */
  const near = (instance: { readonly rowId: number; readonly last: number }): StoredRow[] => {
    const far = sql(`select position, prev from fact indexed by fact_far where instance = ? and seq > ${FAR} order by seq limit 1`).get(
      instance.rowId,
    )
    return walk(far === undefined ? instance.last : Number(far['position']) - Number(far['prev']), 0)
  }
  /** Rows are in order; keeps those that may hold a fact with `seq > after`: the last one that begins at or before it, and all after. */
  const reaching = (rows: readonly StoredRow[], after: number) =>
    rows.slice(
      Math.max(
        0,
        rows.findLastIndex((row) => row.seq <= after + 1),
      ),
    )
  return {
    backTo: (instance, seq) => walk(instance.last, seq).map((row) => decode(row, instance)),
    after: (instance, after, limit) => {
      const first = after <= FAR ? reaching(near(instance), after) : []
      const far = sql(
        `select ${COLUMNS} from fact indexed by fact_far where instance = ?1 and seq > ${FAR}
          and seq >= coalesce((select max(seq) from fact indexed by fact_far where instance = ?1 and seq > ${FAR} and seq <= ?2), 0) order by seq limit ?3`,
        // One more than asked for: of the first row only a part may be wanted.
      ).all(instance.rowId, after + 1, limit + 1) as unknown as StoredRow[]
      // The row that begins at or before fact 64 may reach beyond it, so nothing between the two is missed.
      const start = after > FAR && (far[0]?.seq ?? Number.POSITIVE_INFINITY) > after + 1 ? reaching(near(instance), after) : first
      return [...start, ...far].map((row) => decode(row, instance))
    },
    before: (instance, before, limit) => {
      const far = (
        sql(
          `select ${COLUMNS} from fact indexed by fact_far where instance = ? and seq > ${FAR} and seq < ? order by seq desc limit ?`,
        ).all(instance.rowId, before, limit) as unknown as StoredRow[]
      ).reverse()
      const rows = far.length >= limit ? far : [...near(instance).filter((row) => row.seq < before), ...far]
      return rows.map((row) => decode(row, instance))
    },
  }
}
