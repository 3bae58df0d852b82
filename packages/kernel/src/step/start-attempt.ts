import { addDuration, type Node } from '@millrace/model'
import type { Effect } from '../effect.ts'
import { nodeById, type Program } from '../program.ts'
import type { State } from '../state.ts'
import type { Step } from '../step.ts'
import { effect, type Turn } from '../turn.ts'

/** Stable over all attempts of a step: what a task gives as idempotency key to the world. */
export const attemptKey = (instance: string, step: number): string => `${instance}:${step}`

/** Runs the attempt the step stands at. */
export const startAttempt = (turn: Turn, n: number): void => {
  const step = turn.state.steps[n]
  if (step === undefined) throw new Error(`Instance ${turn.state.id} has no open step ${n}.`)
  effect(turn, attemptOf(turn.state, step, turn.env.program))
}

/** The attempt a step stands at, as an effect; also for a host that takes work up again and does not know whether it ran. */
export const attemptOf = (state: State, step: Step, program: Program | undefined): Extract<Effect, { readonly kind: 'attempt' }> => {
  const { wait } = step
  if (wait.kind !== 'task') throw new Error(`Step ${step.n} of instance ${state.id} runs no task.`)
  const node = program?.kind === 'graph' ? nodeById(program, step.node) : undefined
  const timeoutMs = wait.attemptTimeoutMs ?? attemptTimeoutOf(node)
  return {
    kind: 'attempt',
    step: step.n,
    attempt: wait.attempt,
    task: wait.task,
    key: attemptKey(state.id, step.n),
    ...(wait.input === undefined ? {} : { input: wait.input }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }
}

/** Node of a graph's step; undefined for code. */
export const nodeOf = (turn: Turn, step: Step): Node | undefined =>
  turn.env.program.kind === 'graph' ? nodeById(turn.env.program, step.node) : undefined

const attemptTimeoutOf = (node: Node | undefined): number | undefined =>
  node?.type === 'process' && node.attemptTimeout !== undefined ? addDuration(0, node.attemptTimeout) : undefined
