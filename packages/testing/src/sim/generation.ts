/**
 * One life of a host: everything it does to the world goes through ports that this guards. It may die at any of their calls, before or after what the call
 * does; from then on no port answers, no timer calls, and no promise of it settles. That is all a process is to the world, so it is all that a crash ends.
 */
import type { Clock } from '@millrace/engine'
import type { CommitBatch, Runner, Store, TaskRunner } from '@millrace/protocol'
import { MillraceError } from '@millrace/protocol'
import type { Random } from './random.ts'

export interface Faults {
  /** Every write fails as on a full disk. */
  isDiskFull: boolean
  /** Share of the code's answers that are lost with its process. */
  runnerDeaths: number
}

export class Generation {
  readonly died: Promise<'died'>
  readonly #faults: Faults
  readonly #random: Random
  readonly #stops = new Set<() => void>()
  #die: (value: 'died') => void = () => undefined
  #isDead = false
  /** Port calls until it dies. */
  #fuse = Number.POSITIVE_INFINITY

  constructor(faults: Faults, random: Random) {
    this.#faults = faults
    this.#random = random
    this.died = new Promise((resolve) => (this.#die = resolve))
  }

  get isDead(): boolean {
    return this.#isDead
  }

  /** Lets it die at the port call of that number from now on. */
  dieAfter(calls: number): void {
    this.#fuse = calls
  }

  die(): void {
    if (this.#isDead) return
    this.#isDead = true
    for (const stop of this.#stops) stop()
    this.#die('died')
  }

  store(store: Store, onCommit: (batch: CommitBatch) => void): Store {
    const parts = Object.entries(store).map(([name, part]: [string, unknown]) => [
      name,
      typeof part === 'object' && part !== null ? this.#guard(part) : part,
    ])
    const guarded = Object.fromEntries(parts) as Store
    return {
      ...guarded,
      instances: {
        ...guarded.instances,
        commit: (batch) =>
          this.#call(async () => {
            this.#assertRoom()
            const written = await store.instances.commit(batch)
            onCommit(batch)
            return written
          }),
      },
      maintenance: {
        ...guarded.maintenance,
        saveSetting: (name, value) =>
          this.#call(() => {
            this.#assertRoom()
            return store.maintenance.saveSetting(name, value)
          }),
      },
      subscribe: (listener, ...nouns) => {
        const stop = store.subscribe(
          (events) => {
            if (!this.#isDead) listener(events)
          },
          ...nouns,
        )
        this.#stops.add(stop)
        return stop
      },
      close: async () => undefined,
    }
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      // Late as timers are, now and then very.
      after: (ms, call) => {
        const late = this.#random.chance(0.1) ? this.#random.below(2_000) : 0
        const stop = clock.after(ms + late, () => {
          this.#stops.delete(stop)
          if (this.#isAlive()) call()
        })
        this.#stops.add(stop)
        return stop
      },
    }
  }

  tasks(tasks: TaskRunner): TaskRunner {
    return {
      ...tasks,
      run: (attempt, signal) => {
        if (!this.#isAlive()) return NEVER
        const outcome = tasks.run(attempt, signal)
        if (!(outcome instanceof Promise)) return this.#isAlive() ? outcome : NEVER
        // One that dies with its host is nobody's unhandled rejection.
        outcome.catch(() => undefined)
        return this.#call(() => outcome)
      },
    }
  }

  runner(runner: Runner): Runner {
    return {
      advance: (request) =>
        this.#call(async () => {
          const answer = await runner.advance(request)
          if (!this.#random.chance(this.#faults.runnerDeaths)) return answer
          runner.forget(request.instance)
          return { kind: 'failed', reason: 'killed' }
        }),
      forget: (instance) => runner.forget(instance),
      close: () => runner.close(),
    }
  }

  #assertRoom(): void {
    if (this.#faults.isDiskFull) throw new MillraceError('STORE_FULL', 'The disk is full: nothing was written.')
  }

  #guard<T extends object>(part: T): T {
    const guarded = Object.entries(part).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'function'
        ? (...args: unknown[]) => this.#call(() => (value as (...args: unknown[]) => Promise<unknown>)(...args))
        : value,
    ])
    return Object.fromEntries(guarded) as T
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#isAlive()) return NEVER
    try {
      const result = await work()
      return this.#isAlive() ? result : await NEVER
    } catch (error) {
      if (this.#isAlive()) throw error
      return NEVER
    }
  }

  /** Counts the call; the one that burns the fuse down is not made. */
  #isAlive(): boolean {
    if (!this.#isDead && this.#fuse-- <= 0) this.die()
    return !this.#isDead
  }
}

const NEVER = new Promise<never>(() => undefined)
