import { addDuration, type Node } from '@millrace/model'
import { nodeById } from '../program.ts'
import type { Step } from '../step.ts'
import { effect, type Turn } from '../turn.ts'

/** Stable over all attempts of a step: what a task gives as idempotency key to the world. */
export const attemptKey = (instance: string, step: number): string => `${instance}:${step}`

/** Runs the attempt the step stands at; also after a restart of the host, when nobody knows whether it ran. */
export const startAttempt = (turn: Turn, n: number): void => {
  const step = turn.state.steps[n]
  if (step?.wait.kind !== 'task') throw new Error(`Step ${n} of instance ${turn.state.id} runs no task.`)
  const { wait } = step
  const timeoutMs = wait.attemptTimeoutMs ?? attemptTimeoutOf(nodeOf(turn, step))
  effect(turn, {
    kind: 'attempt',
    step: n,
    attempt: wait.attempt,
    task: wait.task,
    key: attemptKey(turn.state.id, n),
    ...(wait.input === undefined ? {} : { input: wait.input }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(wait.heartbeat === undefined ? {} : { heartbeat: wait.heartbeat }),
  })
}

/** Node of a graph's step; undefined for code. */
export const nodeOf = (turn: Turn, step: Step): Node | undefined =>
  turn.env.program.kind === 'graph' ? nodeById(turn.env.program, step.node) : undefined

const attemptTimeoutOf = (node: Node | undefined): number | undefined =>
  node?.type === 'process' && node.attemptTimeout !== undefined ? addDuration(0, node.attemptTimeout) : undefined
