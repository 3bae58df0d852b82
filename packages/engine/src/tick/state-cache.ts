import type { State } from '@millrace/kernel'

/** Committed states that were written last. Others have fallen out of it: what wakes one of them costs a read by key. */
export class StateCache {
  readonly #states = new Map<string, State>()
  readonly #limit: number

  /** @param limit states kept; 5,000 small ones are about 5 MB */
  constructor(limit = 5_000) {
    this.#limit = limit
  }

  get(instance: string): State | undefined {
    return this.#states.get(instance)
  }

  set(state: State): void {
    this.#states.delete(state.id)
    this.#states.set(state.id, state)
    if (this.#states.size <= this.#limit) return
    const oldest = this.#states.keys().next().value
    if (oldest !== undefined) this.#states.delete(oldest)
  }

  delete(instance: string): void {
    this.#states.delete(instance)
  }

  get size(): number {
    return this.#states.size
  }
}
