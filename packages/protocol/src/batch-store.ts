/** The part of the `Store` port that keeps batches: what was asked, and a result per row. */
import type { Batch, BatchRow, BatchRowState } from './batch.ts'
import type { Page } from './page.ts'
import type { PageOptions } from './store.ts'

/** A batch as kept; how many rows are in which state is counted when it is read. */
export interface BatchRecord extends Omit<Batch, 'counts'> {
  readonly workspace: string
}

export interface BatchStore {
  /** Keeps a new batch with all its rows, in one transaction. */
  create(batch: BatchRecord, rows: readonly BatchRow[]): Promise<void>
  /** Changes a batch and some of its rows, in one transaction; announced as an event of noun `batch`. */
  save(batch: BatchRecord, rows?: readonly BatchRow[]): Promise<void>
  batch(id: string): Promise<(Batch & { readonly workspace: string }) | undefined>
  /** Newest first. */
  batches(workspace: string, page: PageOptions): Promise<Page<Batch>>
  /** Those that run, and those with rows on their way, of all workspaces: read once at start. */
  unfinished(): Promise<readonly BatchRecord[]>
  /** Rows with `n > after`, in order. */
  rows(
    id: string,
    options: { readonly state?: readonly BatchRowState[]; readonly after?: number; readonly limit: number },
  ): Promise<readonly BatchRow[]>
}
