import { attemptOf, type Input, isActive, isAttemptRunning, type LockRequest, type Program, type State } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'
import type { LockTable } from './locks/lock-table.ts'
import type { LateEffect } from './tick/piece.ts'

/** Instances read at once at start. */
const PAGE = 1_000

/** Who holds and who waits for locks, as the store has it. */
export const loadLocks = async (store: Store, locks: LockTable): Promise<void> => {
  const rows = [...(await store.instances.lockRows())].sort((a, b) => a.order - b.order)
  const states = await store.instances.load(rows.map((row) => row.instance))
  const requests: (LockRequest & { readonly isQueued: boolean })[] = []
  for (const row of rows) {
    if (row.status === 'SCHEDULED') continue
    const root = await rootOf(store, states.get(row.instance))
    requests.push({
      instance: row.instance,
      workspace: row.workspace,
      locks: row.locks,
      force: row.force,
      isQueued: !isActive(row.status),
      ...(root === undefined ? {} : { root }),
    })
  }
  locks.reset(
    requests.filter((each) => !each.isQueued),
    requests.filter((each) => each.isQueued),
  )
}

const rootOf = async (store: Store, state: State | undefined): Promise<string | undefined> => {
  let root = state?.parent?.instance
  for (let id = root; id !== undefined; ) {
    root = id
    id = (await store.instances.load([id])).get(id)?.parent?.instance
  }
  return root
}

/**
 * What runs of an instance and was not seen to end: its attempts and its code run again. Not an attempt whose result is known. `program` is its version's,
 * which limits the attempts of a graph.
 */
export const unfinishedWork = (state: State, program: Program | undefined): readonly LateEffect[] => {
  const work: LateEffect[] = []
  if (state.status !== 'RUNNING' && state.status !== 'SUSPENDED') return work
  for (const step of Object.values(state.steps)) {
    if (isAttemptRunning(step) && !hasHeldResult(state, step.n)) work.push({ instance: state.id, effect: attemptOf(state, step, program) })
  }
  const delivering = state.code?.delivering
  if (delivering !== undefined && state.incident === undefined) {
    work.push({ instance: state.id, effect: { kind: 'deliver', delivery: delivering } })
  }
  return work
}

/** The result of this step's attempt is written and waits: for the resume, or for code that handles another. */
export const hasHeldResult = (state: State, step: number): boolean =>
  state.held.some(
    (input) => (input.kind === 'attempt-succeeded' || input.kind === 'attempt-failed' || input.kind === 'settle') && input.step === step,
  )

type StoppedAttempt = Extract<Input, { readonly kind: 'attempt-failed' }>

/** A cancelled instance waits for its attempts to stop. Those of the last process have: nothing begins again only to be stopped. */
export const stoppedAttempts = (state: State): readonly StoppedAttempt[] =>
  state.status !== 'CANCELLING'
    ? []
    : Object.values(state.steps).flatMap((step): readonly StoppedAttempt[] =>
        step.wait.kind !== 'task' || !isAttemptRunning(step)
          ? []
          : [
              {
                kind: 'attempt-failed',
                step: step.n,
                attempt: step.wait.attempt,
                error: { code: 'ABORTED', message: 'The process it ran in has ended.', retryable: false },
              },
            ],
      )

/** Calls `each` for every instance with work to take up again, page by page. */
export const eachUnfinished = async (store: Store, each: (state: State) => void): Promise<number> => {
  let count = 0
  for (let after: string | undefined; ; ) {
    const ids = await store.instances.unfinished({ limit: PAGE, ...(after === undefined ? {} : { after }) })
    const states = await store.instances.load(ids)
    for (const id of ids) {
      const state = states.get(id)
      if (state === undefined) continue
      each(state)
      count++
    }
    after = ids.at(-1)
    if (after === undefined || ids.length < PAGE) return count
  }
}
