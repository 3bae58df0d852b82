/**
 * Who holds locks and who waits, in memory: the same rows the store has, changed only together with it.
 *
 * Invariants:
 * I1. Every change made for a unit can be taken back until the unit is committed (`undo`).
 * I2. The queue is in order of request.
 */
import { type Admission, admit, admitQueued, type Blocker, blockersOf, type LockRequest } from '@millrace/kernel'

export class LockTable {
  #running: LockRequest[] = []
  #queue: LockRequest[] = []

  /** Begins afresh from what the store says. */
  reset(running: readonly LockRequest[], queue: readonly LockRequest[]): void {
    this.#running = [...running]
    this.#queue = [...queue]
  }

  /** Decides a request and takes its place, running or in line. @returns the decision and how to take it back. */
  request(request: LockRequest, policy: { readonly mayQueue: boolean }): { readonly admission: Admission; readonly undo: () => void } {
    const admission = admit(this.#running, this.#queue, request, policy)
    const undo = this.#snapshot()
    if (admission.kind === 'start' && request.locks.length > 0) this.#running = [...this.#running, request]
    if (admission.kind === 'queue') this.#queue = [...this.#queue, request]
    return { admission, undo }
  }

  /** Gives back what an instance holds or waits for. @returns who starts now, in order, already counted as running. */
  release(instance: string): { readonly admitted: readonly LockRequest[]; readonly undo: () => void } {
    const undo = this.#snapshot()
    this.#running = this.#running.filter((each) => each.instance !== instance)
    this.#queue = this.#queue.filter((each) => each.instance !== instance)
    const admitted = admitQueued(this.#running, this.#queue)
    if (admitted.length > 0) {
      const isAdmitted = new Set(admitted.map((each) => each.instance))
      this.#running = [...this.#running, ...admitted]
      this.#queue = this.#queue.filter((each) => !isAdmitted.has(each.instance))
    }
    return { admitted, undo }
  }

  /** Place in line from 1 and what is in the way; undefined when the instance does not wait. */
  place(instance: string): { readonly position: number; readonly blockers: readonly Blocker[] } | undefined {
    const index = this.#queue.findIndex((each) => each.instance === instance)
    const request = this.#queue[index]
    if (request === undefined) return undefined
    return { position: index + 1, blockers: blockersOf(this.#running, this.#queue.slice(0, index), request) }
  }

  get running(): readonly LockRequest[] {
    return this.#running
  }

  get queue(): readonly LockRequest[] {
    return this.#queue
  }

  #snapshot(): () => void {
    const running = this.#running
    const queue = this.#queue
    return () => {
      this.#running = running
      this.#queue = queue
    }
  }
}
