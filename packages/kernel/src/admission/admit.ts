/**
 * Locks and the queue (DESIGN 4.4): one rule, **FIFO with a barrier**. A request starts if nothing running and nothing earlier in the queue conflicts
 * with it; so a waiting system-wide execution cannot starve and nobody overtakes.
 *
 * Invariants:
 * I1. Two conflicting requests never run at once, unless one was forced past a deployment lock.
 * I2. Of two conflicting requests the earlier starts first.
 * I3. `force` skips the deployment lock of what runs; never `system`, never `host`, never anything earlier in the queue.
 * I4. A request takes all its locks at once or none, so there is no deadlock. A child shares the locks of its tree: it asks only for what that does not
 *     hold, and does not stand behind those who wait for the tree itself. Where two trees would wait for each other, the later request is refused.
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
  if (!policy.mayQueue || isDeadlock(running, queue, request, blockers)) return { kind: 'refuse', code: 'LOCK_HELD', blockers }
  return { kind: 'queue', position: queue.length + 1, blockers }
}

/** Everything that keeps a request out now. */
export const blockersOf = (running: readonly LockRequest[], queue: readonly LockRequest[], request: LockRequest): readonly Blocker[] => {
  const held = locksOfTree(running, request)
  if (held.length === 0) return conflicts(running, queue, request)
  const asked = { ...request, locks: notCovered(request.locks, held) }
  const found = conflicts(running, queue, asked)
  // Whoever waits for this tree cannot start before it is done: letting the child pass overtakes nobody.
  return found.filter(
    ({ instance, isQueued }) => !isQueued || !waitsFor(running, queue, { from: rootNamed(queue, instance), target: rootOf(request) }),
  )
}

/** Everything that conflicts, running or earlier in line. */
const conflicts = (running: readonly LockRequest[], queue: readonly LockRequest[], request: LockRequest): readonly Blocker[] => {
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

const rootOf = ({ root, instance }: LockRequest): string => root ?? instance

const rootNamed = (requests: readonly LockRequest[], instance: string): string => {
  const found = requests.find((each) => each.instance === instance)
  return found === undefined ? instance : rootOf(found)
}

/** What the rest of a request's tree holds. */
const locksOfTree = (running: readonly LockRequest[], request: LockRequest): readonly LockName[] =>
  request.root === undefined && !running.some((other) => other.root === request.instance)
    ? []
    : running.flatMap((other) => (other.instance !== request.instance && rootOf(other) === rootOf(request) ? other.locks : []))

/** `host` covers every lock, `system` every other one of its workspace. */
const notCovered = (locks: readonly LockName[], held: readonly LockName[]): readonly LockName[] =>
  held.includes('host') ? [] : locks.filter((lock) => !held.includes(lock) && !(held.includes('system') && lock !== 'host'))

/** A tree that holds something may not wait for one that waits for it. */
const isDeadlock = (
  running: readonly LockRequest[],
  queue: readonly LockRequest[],
  request: LockRequest,
  blockers: readonly Blocker[],
): boolean =>
  locksOfTree(running, request).length > 0 &&
  blockers.some(({ instance }) => waitsFor(running, queue, { from: rootNamed([...running, ...queue], instance), target: rootOf(request) }))

/** Whether the tree `from` waits for the tree `target`, itself or by way of others. */
const waitsFor = (
  running: readonly LockRequest[],
  queue: readonly LockRequest[],
  { from, target }: { readonly from: string; readonly target: string },
): boolean => {
  const seen = new Set([from])
  for (const root of seen) {
    if (root === target) return true
    for (const [place, each] of queue.entries()) {
      if (rootOf(each) !== root) continue
      for (const blocker of conflicts(running, queue.slice(0, place), each)) seen.add(rootNamed([...running, ...queue], blocker.instance))
    }
  }
  return false
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
  if (a.instance === b.instance || rootOf(a) === rootOf(b)) return undefined
  if (a.locks.length === 0 || b.locks.length === 0) return undefined
  if (a.locks.includes('host') || b.locks.includes('host')) return 'host'
  if (a.workspace !== b.workspace) return undefined
  if (a.locks.includes('system') || b.locks.includes('system')) return 'system'
  return a.locks.find((lock) => b.locks.includes(lock) && !(isForced && lock.startsWith('deployment:')))
}
