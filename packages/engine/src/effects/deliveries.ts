import { type Delivery, type Input, journalOf, type State } from '@millrace/kernel'
import type { Runner, Store } from '@millrace/protocol'
import type { Programs } from '../programs.ts'
import { allFacts } from './all-facts.ts'

/** Brings code what its journal says next, and takes its calls. */
export interface Deliveries {
  deliver(state: State, delivery: Delivery, atMs: number): Promise<Input>
  forget(instance: string): void
  /** The instance's code is being asked. */
  isRunning(instance: string): boolean
}

export const openDeliveries = (ports: { readonly runner: Runner; readonly store: Store; readonly programs: Programs }): Deliveries => {
  const { runner, store, programs } = ports
  /** The journal before the delivery: what the store has, without the delivery itself, which may or may not be committed yet. */
  const loadJournal = async (state: State, delivery: Delivery) => {
    const facts = await allFacts(store, state.id)
    const journal = journalOf(facts)
    const calls = state.code?.calls ?? 0
    const lastCall = journal.findLastIndex((entry) => entry.kind === 'called' && entry.call <= calls)
    const isSame = (entry: (typeof journal)[number] | undefined): boolean =>
      entry?.kind === 'delivered' &&
      entry.delivery.kind === delivery.kind &&
      (delivery.kind === 'start' || (entry.delivery.kind === 'result' && entry.delivery.call === delivery.call))
    const place = journal.findLastIndex(isSame)
    return place > lastCall || (delivery.kind === 'start' && place === 0) ? journal.slice(0, place) : journal
  }
  const running = new Map<string, number>()
  const count = (instance: string, change: 1 | -1): void => {
    const now = (running.get(instance) ?? 0) + change
    if (now === 0) running.delete(instance)
    else running.set(instance, now)
  }
  const ask = async (state: State, delivery: Delivery, atMs: number): Promise<Input> => {
    const loaded = await programs.load(state.workspace, state.workflow, state.version)
    if (loaded?.bundle === undefined) throw new Error(`Version ${state.version} of ${state.workflow} has no bundle.`)
    const answer = await runner.advance({
      instance: state.id,
      workspace: state.workspace,
      run: state.run,
      ...(state.code?.asRun === undefined ? {} : { asRun: state.code.asRun }),
      bundle: loaded.bundle,
      input: state.input ?? null,
      data: state.data,
      initiator: state.initiator,
      delivery,
      atMs,
      calls: state.code?.calls ?? 0,
      loadJournal: () => loadJournal(state, delivery),
    })
    // The state may go on meanwhile: the kernel is told which delivery this answers.
    const of = { run: state.run, calls: state.code?.calls ?? 0, ...(delivery.kind === 'result' ? { call: delivery.call } : {}) }
    if (answer.kind === 'failed') return { kind: 'runner-failed', reason: answer.reason, of }
    return { kind: 'calls', calls: answer.calls, of, ...(answer.outcome === undefined ? {} : { outcome: answer.outcome }) }
  }
  return {
    deliver: async (state, delivery, atMs) => {
      count(state.id, 1)
      try {
        return await ask(state, delivery, atMs)
      } finally {
        count(state.id, -1)
      }
    },
    forget: (instance) => runner.forget(instance),
    isRunning: (instance) => running.has(instance),
  }
}
