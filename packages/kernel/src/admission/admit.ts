/**
 * Locks and the queue (DESIGN 4.4): one rule, **FIFO with a barrier**. A request starts if nothing running and nothing earlier in the queue conflicts
 * with it; so a waiting system-wide execution cannot starve and nobody overtakes.
 *
 * Invariants:
 * I1. Two conflicting requests never run at once, unless one was forced past a deployment lock.
 * I2. Of two conflicting requests the earlier starts first.
 * I3. `force` skips the deployment lock of what runs; never `system`, never `host`, never anything earlier in the queue.
 * I4. A request takes all its locks at once or none, so there is no deadlock. A child shares its root's locks.
 */

/** A lock's name: `deployment:D`, `system` (exclusive against every holder in its workspace), `host` (against every holder), or an author's own. */
export type LockName = string

export interface LockRequest {
  readonly instance: string
  readonly workspace: string
  readonly locks: readonly LockName[]
  readonly force: boolean
  /** Root of the tree of children, which shares its locks; absent = itself. */
  readonly root?: string
}

export interface Blocker {
  readonly instance: string
  /** The lock both want, or the wider one that keeps it out. */
  readonly lock: LockName
  readonly isQueued: boolean
}

export type Admission =
  | { readonly kind: 'start' }
  /** `position` in line from 1, and everything in the way. */
  | { readonly kind: 'queue'; readonly position: number; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'refuse'; readonly code: 'LOCK_HELD'; readonly blockers: readonly Blocker[] }

/** Decides one request against what runs and what is already in line. `mayQueue` false refuses instead of queueing. */
export const admit = (
  running: readonly LockRequest[],
  queue: readonly LockRequest[],
  request: LockRequest,
  policy: { readonly mayQueue: boolean },
): Admission => {
  if (request.locks.length === 0) return { kind: 'start' }
  const blockers = blockersOf(running, queue, request)
  if (blockers.length === 0) return { kind: 'start' }
  if (!policy.mayQueue) return { kind: 'refuse', code: 'LOCK_HELD', blockers }
  return { kind: 'queue', position: queue.length + 1, blockers }
}

/** Everything that keeps a request out now. */
export const blockersOf = (running: readonly LockRequest[], queue: readonly LockRequest[], request: LockRequest): readonly Blocker[] => {
  const blockers: Blocker[] = []
  for (const other of running) {
    const lock = conflict(request, other, request.force)
    if (lock !== undefined) blockers.push({ instance: other.instance, lock, isQueued: false })
  }
  for (const other of queue) {
    const lock = conflict(request, other, false)
    if (lock !== undefined) blockers.push({ instance: other.instance, lock, isQueued: true })
  }
  return blockers
}

/** Who of the queue starts now that something was released, in order; each start counts for those behind it. */
export const admitQueued = (running: readonly LockRequest[], queue: readonly LockRequest[]): readonly LockRequest[] => {
  const active = [...running]
  const waiting: LockRequest[] = []
  const admitted: LockRequest[] = []
  for (const request of queue) {
    if (blockersOf(active, waiting, request).length === 0) {
      active.push(request)
      admitted.push(request)
    } else waiting.push(request)
  }
  return admitted
}

/** Lock by which two requests exclude each other, or undefined. */
const conflict = (a: LockRequest, b: LockRequest, isForced: boolean): LockName | undefined => {
  if (a.instance === b.instance || (a.root ?? a.instance) === (b.root ?? b.instance)) return undefined
  if (a.locks.length === 0 || b.locks.length === 0) return undefined
  if (a.locks.includes('host') || b.locks.includes('host')) return 'host'
  if (a.workspace !== b.workspace) return undefined
  if (a.locks.includes('system') || b.locks.includes('system')) return 'system'
  return a.locks.find((lock) => b.locks.includes(lock) && !(isForced && lock.startsWith('deployment:')))
}
