/**
 * One batch on its way: stage by stage, a slice at a time, until every row has a result or something stops it.
 *
 * Owns: which rows are begun when, and what becomes of each. Does not own: which rows there are (choose-rows.ts), what a command means (kernel), which
 * batches there are (batches.ts).
 *
 * Invariants:
 * I1. A row is kept as running before its command is given, and the command carries a key made of batch and row: killed in between, it is given again and
 *     acts once.
 * I2. A stage begins when the one before has settled, unless a person says otherwise by `resume`.
 * I3. After a failure nothing more is begun (`stopAtFailure`); what was begun still gets its result.
 */
import type { Actor, State } from '@millrace/kernel'
import {
  type BatchRecord,
  type BatchRow,
  type CommandAnswer,
  type CommandInput,
  type CommandOptions,
  MillraceError,
  type Store,
} from '@millrace/protocol'
import { outcomeOf } from './outcome.ts'

export interface BatchPorts {
  readonly store: Store
  readonly command: (instance: string, input: CommandInput, options: CommandOptions) => Promise<CommandAnswer>
  readonly state: (instance: string) => Promise<State | undefined>
  readonly now: () => number
}

/** Rows on their way at once: enough to keep a host busy, few enough to leave it room for others. */
const SLICE = 50

/** Refusals that mean somebody or something was faster: nothing to repair any more. */
const GONE: ReadonlySet<string> = new Set(['STEP_CLOSED', 'WRONG_STATUS', 'NOT_FOUND', 'SUSPENDED'])

interface Watched {
  row: BatchRow
  /** The command has been answered: from now on the state tells the outcome. */
  isAnswered: boolean
}

export class BatchRun {
  readonly #ports: BatchPorts
  record: BatchRecord
  readonly #watched = new Map<number, Watched>()
  /** Rows whose result is not kept yet. */
  readonly #settled = new Map<number, BatchRow>()
  #isPatient = true
  #isClosed = false
  #isOver = false
  #isInterrupted = false
  #wake: () => void = () => undefined

  constructor(ports: BatchPorts, record: BatchRecord) {
    this.#ports = ports
    this.record = record
  }

  /** Runs until there is nothing more to begin and nothing on its way, or it is closed. */
  async run(): Promise<void> {
    try {
      await this.#takeUp()
      while (!this.#isClosed) {
        await this.#keep()
        const next = await this.#nextSlice()
        if (this.#isClosed) return
        // It may have been turned while the rows were read.
        if (next.length > 0 && this.record.status === 'running') await this.#begin(next)
        else if (this.#watched.size > 0) await this.#change()
        else if (next.length === 0 && this.#settled.size === 0) return await this.#finish()
      }
    } finally {
      this.#isOver = true
    }
  }

  /** Nothing more will happen here: whoever turns the batch must begin it anew. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** It ended because the host could not take commands; what is kept goes on later. */
  get isInterrupted(): boolean {
    return this.#isInterrupted
  }

  /** Instances changed: perhaps a row's outcome is known now. */
  notice(changes: ReadonlyMap<string, { readonly after: State }>): void {
    for (const watched of this.#watched.values()) {
      const change = changes.get(watched.row.instance)
      if (change !== undefined && watched.isAnswered) this.#judge(watched, change.after)
    }
  }

  /** A person pauses, resumes or cancels; kept by the caller. */
  turn(record: BatchRecord): void {
    this.record = record
    if (record.status === 'running') this.#isPatient = false
    this.#wake()
  }

  /** Stops beginning and watching; what is kept is taken up again by the next process. */
  close(): void {
    this.#isClosed = true
    this.#wake()
  }

  /** Rows that a process before this one began. */
  async #takeUp(): Promise<void> {
    const rows = await this.#ports.store.batches.rows(this.record.id, { state: ['running'], limit: Number.MAX_SAFE_INTEGER })
    await this.#command(rows)
  }

  async #nextSlice(): Promise<readonly BatchRow[]> {
    if (this.record.status !== 'running') return []
    const room = SLICE - this.#watched.size
    if (room <= 0) return []
    const rows = await this.#ports.store.batches.rows(this.record.id, { state: ['waiting'], limit: room })
    const stage = rows[0]?.stage
    if (stage === undefined) return []
    if (stage > this.record.stage && this.#isPatient && this.#watched.size > 0) return [] // I2
    return rows.filter((row) => row.stage === stage)
  }

  async #begin(rows: readonly BatchRow[]): Promise<void> {
    const startedAtMs = this.#ports.now()
    const begun = rows.map((row): BatchRow => ({ ...row, state: 'running', startedAtMs }))
    this.record = { ...this.record, stage: rows[0]?.stage ?? this.record.stage, updatedAtMs: startedAtMs }
    this.#isPatient = true
    await this.#ports.store.batches.save(this.record, begun) // I1
    await this.#command(begun)
  }

  async #command(rows: readonly BatchRow[]): Promise<void> {
    await Promise.all(
      rows.map(async (row) => {
        const watched: Watched = { row, isAnswered: false }
        this.#watched.set(row.n, watched)
        try {
          await this.#give(row)
          watched.isAnswered = true
          this.#judge(watched, await this.#ports.state(row.instance))
        } catch (error) {
          this.#refuse(watched, error)
        }
      }),
    )
  }

  #give(row: BatchRow): Promise<CommandAnswer> {
    const { id } = this.record
    const input = inputOf(this.record, row)
    if (input === undefined)
      throw new MillraceError('WRONG_STATUS', 'The code of the instance stands as a whole; it has no step to skip. Retry or cancel it.')
    return this.#ports.command(row.instance, input, {
      idempotency: { user: 'batch', route: `batch ${id}`, key: String(row.n), bodyHash: this.record.action },
      queue: true,
    })
  }

  #judge(watched: Watched, state: State | undefined): void {
    if (this.#watched.get(watched.row.n) !== watched) return
    const outcome = outcomeOf(this.record.action, watched.row.step, state)
    if (outcome.state === 'running') return
    this.#settle(watched, { ...outcome, endedAtMs: this.#ports.now() })
    if (outcome.state === 'failed') this.#stop()
  }

  #refuse(watched: Watched, error: unknown): void {
    // The host stops or its disk is full: the row stays as begun and is taken up again.
    if (isOfHost(error)) {
      this.#isInterrupted = true
      return this.close()
    }
    const problem =
      error instanceof MillraceError
        ? { code: error.code, message: error.message }
        : { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
    this.#settle(watched, { state: 'refused', problem, endedAtMs: this.#ports.now() })
    if (!GONE.has(problem.code)) this.#stop()
  }

  #settle(watched: Watched, result: Partial<BatchRow>): void {
    this.#watched.delete(watched.row.n)
    this.#settled.set(watched.row.n, { ...watched.row, ...result })
    this.#wake()
  }

  /** I3. */
  #stop(): void {
    if (this.record.status === 'running' && this.record.request.stopAtFailure) this.record = { ...this.record, status: 'stopped' }
  }

  /** Keeps the results that have come. */
  async #keep(): Promise<void> {
    if (this.#settled.size === 0) return
    const rows = [...this.#settled.values()]
    this.#settled.clear()
    this.record = { ...this.record, updatedAtMs: this.#ports.now() }
    await this.#ports.store.batches.save(this.record, rows)
  }

  async #finish(): Promise<void> {
    if (this.record.status !== 'running') return
    const nowMs = this.#ports.now()
    this.record = { ...this.record, status: 'completed', updatedAtMs: nowMs, endedAtMs: nowMs }
    await this.#ports.store.batches.save(this.record)
  }

  #change(): Promise<void> {
    if (this.#settled.size > 0 || this.#isClosed) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

/** The host takes no commands now. */
export const isOfHost = (error: unknown): boolean =>
  error instanceof MillraceError && (error.code === 'HOST_STOPPING' || error.code === 'STORE_FULL' || error.code === 'OVERLOADED')

/** Rights were those of an operator when the batch was made; after a restart they are not asked again. */
const actorOf = ({ by, onBehalfOf }: BatchRecord): Actor => ({
  user: by,
  groups: [],
  isOperator: true,
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
})

const inputOf = (batch: BatchRecord, { step }: BatchRow): CommandInput | undefined => {
  const by = actorOf(batch)
  const { route, output, reason } = batch.request
  switch (batch.action) {
    case 'retry':
      return { kind: 'retry', by, ...(step === undefined ? {} : { step }) }
    case 'skip':
      if (step === undefined) return undefined
      return { kind: 'skip', by, step, ...(route === undefined ? {} : { route }), ...(output === undefined ? {} : { output }) }
    case 'cancel':
    case 'terminate':
      return { kind: batch.action, by, ...(reason === undefined ? {} : { reason }) }
    case 'resume':
      return { kind: 'resume', by }
  }
}
