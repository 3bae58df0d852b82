/** What a restart command leaves out because only the history knows it. */
import { replayFrom, type State } from '@millrace/kernel'
import type { CommandInput, Store } from '@millrace/protocol'
import { allFacts } from '../effects/all-facts.ts'

/** A restart from the start takes the data the instance began with, not what its last run made of it. */
export const withInitialData = async (store: Store, state: State, input: CommandInput): Promise<CommandInput> => {
  if (input.kind !== 'restart') return input
  if (input.from !== undefined) return state.kind === 'code' ? withReplay(store, state, input) : input
  if (input.data !== undefined) return input
  const [row] = await store.instances.facts(state.id, { limit: 1 })
  return row?.fact.t === 'created' ? { ...input, data: row.fact.data ?? {} } : input
}

/** For code, a restart from a step is a cut through its journal. */
const withReplay = async (store: Store, state: State, input: Extract<CommandInput, { kind: 'restart' }>): Promise<CommandInput> => {
  const facts = await allFacts(store, state.id)
  const replay = replayFrom(facts, Number(input.from))
  if (replay !== 'start') return replay === undefined ? input : { ...input, replay }
  const { from: _, ...fromStart } = input
  return withInitialData(store, state, fromStart)
}
