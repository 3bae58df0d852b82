/**
 * What the facts of a row leave out because the state had it: node and kind of wait of steps opened earlier. Stored with the row, so that history and feed
 * are read without folding everything before it.
 */
import type { Fact, Wait } from '@millrace/kernel'
import type { InstanceChange } from '@millrace/protocol'

export interface StepContext {
  readonly node: string
  readonly waits: Wait['kind']
}

export type RowContext = ReadonlyMap<number, StepContext>

export const NO_CONTEXT: RowContext = new Map()

/** Context of the steps that a tick's facts speak of but did not open. */
export const contextOf = ({ before, facts }: InstanceChange): RowContext => {
  if (before === undefined) return NO_CONTEXT
  let context: Map<number, StepContext> | undefined
  for (const fact of facts) {
    if (!('step' in fact) || fact.step === undefined || fact.t === 'opened') continue
    const step = before.steps[fact.step]
    if (step === undefined || context?.has(fact.step) === true) continue
    context ??= new Map()
    context.set(fact.step, { node: step.node, waits: step.wait.kind })
  }
  return context ?? NO_CONTEXT
}

/** Follows the facts of a row in order: call `see` with each, then ask. */
export const followSteps = (start: RowContext): { see(fact: Fact): StepContext | undefined } => {
  let own: Map<number, StepContext> | undefined
  const get = (n: number) => own?.get(n) ?? start.get(n)
  const set = (n: number, context: StepContext) => {
    own ??= new Map()
    own.set(n, context)
    return context
  }
  return {
    see: (fact) => {
      if (!('step' in fact) || fact.step === undefined) return undefined
      if (fact.t === 'opened') return set(fact.step, { node: fact.node, waits: fact.wait.kind })
      const known = get(fact.step)
      return fact.t === 'turned' && known !== undefined ? set(fact.step, { node: known.node, waits: fact.wait.kind }) : known
    },
  }
}
