/**
 * Batches: the same repair for many instances, carefully: "first 1, then 10, then the rest; stop at the first failure" (CONSOLE rule 13).
 *
 * Owns: which batches run in this process, and what people may tell them. Does not own: how one runs (run-batch.ts), the rows (store).
 *
 * Invariants:
 * I1. What a person is told is kept before they are told.
 * I2. Opening takes up every batch that runs or has rows on their way.
 */
import type { Actor, State } from '@millrace/kernel'
import {
  type Batch,
  type BatchPlan,
  type BatchRecord,
  type BatchRow,
  type BatchStatus,
  type CreateBatch,
  type Host,
  MAX_BATCH_ROWS,
  MillraceError,
} from '@millrace/protocol'
import { chooseRows, rowsInStages, stageSizes } from './choose-rows.ts'
import { type BatchPorts, BatchRun, isOfHost } from './run-batch.ts'

/** How long after a full disk a batch tries again. */
const RETRY_MS = 5_000
/** Rows that a plan shows. */
const SHOWN = 20

export interface Batches {
  readonly api: Host['batches']
  /** After every commit. */
  notice(changes: ReadonlyMap<string, { readonly after: State }>): void
  recover(): Promise<void>
  close(): Promise<void>
}

export const openBatches = (
  ports: BatchPorts & {
    readonly newId: () => string
    /** Calls once after some time; the answer stops it. */
    readonly after: (ms: number, call: () => void) => () => void
    readonly onDefect: (error: unknown, about: string) => void
  },
): Batches => {
  const { store, newId, now, after, onDefect } = ports
  let isClosed = false
  const retries = new Set<() => void>()
  const runs = new Map<string, { readonly run: BatchRun; readonly ended: Promise<void> }>()

  const begin = (record: BatchRecord): void => {
    const run = new BatchRun(ports, record)
    const ended = run
      .run()
      .catch((error: unknown) => {
        if (!isOfHost(error)) return onDefect(error, `batch ${record.id}`)
        again(record.id)
      })
      .finally(() => {
        if (run.isInterrupted) again(record.id)
        if (runs.get(record.id)?.run === run) runs.delete(record.id)
      })
    runs.set(record.id, { run, ended })
  }

  /** The disk was full, or the host had too much to do: what is kept goes on when there is room. */
  const again = (id: string): void => {
    if (isClosed) return
    const stop = after(RETRY_MS, () => {
      retries.delete(stop)
      if (isClosed || runs.has(id)) return
      store.batches.unfinished().then(
        (records) => {
          const record = records.find((each) => each.id === id)
          if (record !== undefined && !isClosed) begin(record)
        },
        (error: unknown) => onDefect(error, `batch ${id}`),
      )
    })
    retries.add(stop)
  }

  const read = async (workspace: string, id: string): Promise<Batch> => {
    const batch = await store.batches.batch(id)
    if (batch?.workspace !== workspace) throw new MillraceError('NOT_FOUND', `There is no batch ${id}. GET /api/v1/batches lists them.`)
    const { workspace: _, ...rest } = batch
    return rest
  }

  /** Turns a batch to another status, from one of those given. */
  const turn = async (
    workspace: string,
    id: string,
    change: { readonly verb: string; readonly to: BatchStatus; readonly from: readonly BatchStatus[] },
  ): Promise<Batch> => {
    const { counts: _, ...kept } = await read(workspace, id)
    const run = runs.get(id)?.run
    const running = run?.isOver === false ? run : undefined
    const record: BatchRecord = running?.record ?? { ...kept, workspace }
    if (!change.from.includes(record.status))
      throw new MillraceError('WRONG_STATUS', `Cannot ${change.verb} batch ${id}: it is ${record.status}.`)
    const nowMs = now()
    const turned: BatchRecord = {
      ...record,
      status: change.to,
      updatedAtMs: nowMs,
      ...(change.to === 'cancelled' ? { endedAtMs: nowMs } : {}),
    }
    // Before anything is written: from here on the run begins nothing that this forbids.
    running?.turn(turned)
    const left = change.to === 'cancelled' ? await waiting(id) : []
    await store.batches.save(
      turned,
      left.map((row): BatchRow => ({ ...row, state: 'left' })),
    )
    if (change.to === 'running' && running?.isOver !== false) begin(turned)
    return read(workspace, id)
  }

  const waiting = (id: string): Promise<readonly BatchRow[]> => store.batches.rows(id, { state: ['waiting'], limit: MAX_BATCH_ROWS })

  return {
    api: {
      plan: async (workspace: string, request: CreateBatch): Promise<BatchPlan> => {
        const rows = await chooseRows(store, workspace, request)
        return {
          total: rows.length,
          stages: [...stageSizes(rows.length, request.stages)],
          first: rows.slice(0, SHOWN).map((row) => ({ ...row })),
        }
      },
      create: async (workspace: string, request: CreateBatch, by: Actor): Promise<Batch> => {
        const chosen = await chooseRows(store, workspace, request)
        const nowMs = now()
        const record: BatchRecord = {
          id: newId(),
          workspace,
          action: request.action,
          status: 'running',
          request,
          by: by.user,
          ...(by.onBehalfOf === undefined ? {} : { onBehalfOf: by.onBehalfOf }),
          stage: 0,
          stages: [...stageSizes(chosen.length, request.stages)],
          total: chosen.length,
          createdAtMs: nowMs,
          updatedAtMs: nowMs,
        }
        await store.batches.create(record, rowsInStages(chosen, request.stages))
        begin(record)
        return read(workspace, record.id)
      },
      pause: (workspace, id) => turn(workspace, id, { verb: 'pause', to: 'paused', from: ['running'] }),
      resume: (workspace, id) => turn(workspace, id, { verb: 'resume', to: 'running', from: ['paused', 'stopped'] }),
      cancel: (workspace, id) => turn(workspace, id, { verb: 'cancel', to: 'cancelled', from: ['running', 'paused', 'stopped'] }),
    },
    notice: (changes) => {
      for (const { run } of runs.values()) run.notice(changes)
    },
    recover: async () => {
      for (const record of await store.batches.unfinished()) begin(record)
    },
    close: async () => {
      isClosed = true
      for (const stop of retries) stop()
      const ending = [...runs.values()]
      for (const { run } of ending) run.close()
      await Promise.all(ending.map(({ ended }) => ended))
    },
  }
}
