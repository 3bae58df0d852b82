/**
 * Fires what is due. Timers are rows: this sleeps until the next one, an hour at most (`setTimeout` over 2^31 ms fires at once), and looks again.
 */
import type { Fact, State } from '@millrace/kernel'
import type { DueTimer, Store } from '@millrace/protocol'
import type { Clock } from '../clock.ts'
import type { Unit } from '../tick/unit.ts'

const MAX_SLEEP_MS = 3_600_000
/** Timers fired at once; the next page follows when these are committed. */
const PAGE = 1_000
/** Longest wait for a page, and until what could not be fired is tried again. */
const AGAIN_MS = 100

export class Timers {
  readonly #store: Store
  readonly #clock: Clock
  readonly #submit: (unit: Unit) => void
  readonly #onDefect: (error: unknown, about: string) => void
  #nextAtMs = Number.POSITIVE_INFINITY
  #stop: (() => void) | undefined
  #isFiring = false
  #isClosed = false

  constructor(ports: {
    readonly store: Store
    readonly clock: Clock
    readonly submit: (unit: Unit) => void
    readonly onDefect: (error: unknown, about: string) => void
  }) {
    this.#store = ports.store
    this.#clock = ports.clock
    this.#submit = ports.submit
    this.#onDefect = ports.onDefect
  }

  /** Reads the next due time and begins to wait for it. */
  async start(): Promise<void> {
    this.noteDue((await this.#store.instances.nextTimerAtMs()) ?? Number.POSITIVE_INFINITY)
    if (this.#nextAtMs === Number.POSITIVE_INFINITY) this.#sleep()
  }

  /** Something committed is due at this time. */
  noteDue(atMs: number): void {
    if (atMs >= this.#nextAtMs || this.#isClosed) return
    this.#nextAtMs = atMs
    if (!this.#isFiring) this.#sleep()
  }

  close(): void {
    this.#isClosed = true
    this.#stop?.()
  }

  #sleep(): void {
    this.#stop?.()
    if (this.#isClosed) return
    const ms = Math.max(0, Math.min(this.#nextAtMs - this.#clock.now(), MAX_SLEEP_MS))
    this.#stop = this.#clock.after(ms, () => {
      this.#fire().catch((error: unknown) => this.#onDefect(error, 'timers'))
    })
  }

  async #fire(): Promise<void> {
    if (this.#isFiring || this.#isClosed) return
    this.#isFiring = true
    try {
      let before: readonly DueTimer[] = []
      for (;;) {
        const due = await this.#store.instances.dueTimers({ beforeMs: this.#clock.now(), limit: PAGE })
        // The same page again: their units were held back (a full disk, a piece that waits for its code). Look again later.
        if (due.length === 0 || isSame(due, before) || this.#isClosed) break
        before = due
        await this.#settled(due.map((timer) => this.#hand(timer)))
      }
      // What is committed while this is read tells its time itself.
      this.#nextAtMs = Number.POSITIVE_INFINITY
      const nextAtMs = (await this.#store.instances.nextTimerAtMs()) ?? Number.POSITIVE_INFINITY
      this.#nextAtMs = Math.min(this.#nextAtMs, nextAtMs)
      if (this.#nextAtMs <= this.#clock.now()) this.#nextAtMs = this.#clock.now() + AGAIN_MS
    } finally {
      this.#isFiring = false
      this.#sleep()
    }
  }

  /** Resolves when it was decided and written, or refused because its step has moved on. */
  #hand(timer: DueTimer): Promise<void> {
    return new Promise((resolve) => {
      this.#submit({
        instance: timer.instance,
        isReport: true,
        input: { kind: 'timer', step: timer.step, ...(timer.timeout === undefined ? {} : { timeout: timer.timeout }) },
        resolve: () => resolve(),
        reject: () => resolve(),
      })
    })
  }

  /** Not for ever: one of them may wait for its code, or for room on the disk, and the others are due. */
  async #settled(handed: readonly Promise<void>[]): Promise<void> {
    let stop: (() => void) | undefined
    const enough = new Promise<void>((resolve) => {
      stop = this.#clock.after(AGAIN_MS, resolve)
    })
    await Promise.race([Promise.all(handed), enough])
    stop?.()
  }
}

const isSame = (a: readonly DueTimer[], b: readonly DueTimer[]): boolean =>
  a.length === b.length &&
  a.every(
    (timer, at) =>
      timer.instance === b[at]?.instance &&
      timer.step === b[at]?.step &&
      timer.timeout === b[at]?.timeout &&
      timer.dueAtMs === b[at]?.dueAtMs,
  )

/** Earliest time at which something of these facts is due; infinity when nothing is. */
export const earliestDueMs = (facts: readonly Fact[], after: State): number => {
  let earliest = Number.POSITIVE_INFINITY
  const note = (atMs: number | undefined): void => {
    if (atMs !== undefined && atMs < earliest) earliest = atMs
  }
  for (const fact of facts) {
    switch (fact.t) {
      case 'created':
        note(after.status === 'SCHEDULED' ? after.startAtMs : undefined)
        break
      case 'cancelling':
        note(fact.untilMs)
        break
      case 'opened':
      case 'turned':
        if ('dueAtMs' in fact.wait && fact.wait.kind !== 'work-item') note(fact.wait.dueAtMs)
        for (const timer of fact.timers ?? []) note(timer.dueAtMs)
        break
      case 'attempt-failed':
      case 'attempt-returned':
        note(fact.retryAtMs)
        break
      case 'timed-out':
        for (const timer of fact.timers) note(timer.dueAtMs)
        break
      case 'resumed':
        // Timers came back with it.
        note(fact.at)
        break
      default:
        break
    }
  }
  return earliest
}
