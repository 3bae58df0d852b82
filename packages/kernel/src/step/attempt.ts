/** What a finished attempt means: the step is complete, tries again, waits for a callback or a further poll, or becomes an incident. */
import { addDuration, type Node, principalsOf } from '@millrace/model'
import { evaluated } from '../graph/context.ts'
import { chooseOut } from '../graph/leave.ts'
import { chosenBy, timersOf } from '../graph/open-step.ts'
import { participantWait } from '../graph/participant.ts'
import type { StepInput } from '../input.ts'
import { finishCancel } from '../run/cancel.ts'
import type { Step, TaskWait } from '../step.ts'
import { effect, graphOf, record, type Turn } from '../turn.ts'
import { askedOf, type Failure, type JsonValue } from '../values.ts'
import { closeStep, resultData } from './close.ts'
import { openIncident } from './incident.ts'
import { nextTryAtMs, policyOf } from './policy.ts'
import { attemptKey, nodeOf } from './start-attempt.ts'

type TaskStep = Step & { readonly wait: TaskWait }

export const attemptSucceeded = (turn: Turn, input: Extract<StepInput, { kind: 'attempt-succeeded' }>): void => {
  const step = runningStep(turn, input)
  if (step === undefined) return
  const { output } = input
  if (step.wait.decides !== undefined) return decided(turn, step, output)
  const node = nodeOf(turn, step)
  if (node?.type === 'process' && step.isSide !== true) {
    if (node.poll !== undefined && isPending(output)) return pollAgain(turn, step, node, input)
    if (!node.autoAdvance) return awaitCallback(turn, step, node, input)
    return closeStep(turn, step, { ...(output === undefined ? {} : { output }), ...resultData(node, output) })
  }
  closeStep(turn, step, output === undefined ? {} : { output })
}

export const attemptFailed = (turn: Turn, input: Extract<StepInput, { kind: 'attempt-failed' }>): void => {
  const step = runningStep(turn, input)
  if (step === undefined) return
  const { attempt, policyFrom } = step.wait
  const next = nextTryAtMs(policyOf(step, nodeOf(turn, step)), {
    attempt,
    error: input.error,
    nowMs: turn.env.nowMs,
    key: attemptKey(turn.state.id, step.n),
    ...(policyFrom === undefined ? {} : { policyFrom }),
  })
  const failed = { t: 'attempt-failed', step: step.n, attempt, error: input.error } as const
  if (next !== undefined) return record(turn, { ...failed, retryAtMs: next.atMs, ...(next.asked === true ? { asked: true } : {}) })
  record(turn, failed)
  if (step.call !== undefined) return closeStep(turn, step, { error: input.error })
  openIncident(turn, step.n, input.error)
}

/** The step this result belongs to; undefined for a late result of an attempt that was given up. */
const runningStep = (turn: Turn, input: { readonly step: number; readonly attempt: number }): TaskStep | undefined => {
  const step = turn.state.steps[input.step]
  if (step?.wait.kind !== 'task' || step.wait.attempt !== input.attempt || step.incident !== undefined) return undefined
  if (step.wait.retryAtMs !== undefined || step.wait.awaitsCallback !== undefined) return undefined
  if (turn.state.status === 'CANCELLING') {
    record(turn, { t: 'withdrawn', step: step.n, reason: 'The instance was cancelled; the result of its attempt is ignored.' })
    finishCancel(turn)
    return undefined
  }
  return step as TaskStep
}

/** A task being polled answers `{ done: false }` until it has finished. */
const isPending = (output: JsonValue | undefined): boolean =>
  typeof output === 'object' && output !== null && !Array.isArray(output) && (output as { done?: JsonValue }).done === false

const pollAgain = (
  turn: Turn,
  step: TaskStep,
  node: Extract<Node, { type: 'process' }>,
  input: { readonly attempt: number; readonly output?: JsonValue },
): void => {
  const retryAtMs = addDuration(turn.env.nowMs, node.poll?.period ?? 'PT10S')
  const { giveUpAtMs } = step.wait
  if (giveUpAtMs === undefined || retryAtMs < giveUpAtMs)
    return record(turn, { t: 'attempt-returned', step: step.n, attempt: input.attempt, retryAtMs })
  if (node.poll?.advanceOnTimeout === true) return closeStep(turn, step, input.output === undefined ? {} : { output: input.output })
  openIncident(turn, step.n, {
    code: 'TIMED_OUT',
    message: `${node.title} did not finish within ${node.poll?.timeout ?? 'its time'}. Retry to poll again, or skip it.`,
  })
}

const awaitCallback = (
  turn: Turn,
  step: TaskStep,
  node: Extract<Node, { type: 'process' }>,
  input: { readonly attempt: number; readonly output?: JsonValue },
): void => {
  const { early } = step.wait
  if (early !== undefined) return closeStep(turn, step, { output: early.body, ...resultData(node, early.body) })
  record(turn, {
    t: 'attempt-returned',
    step: step.n,
    attempt: input.attempt,
    ...(input.output === undefined ? {} : { output: input.output }),
  })
}

/** A rule or chooser outside the kernel has answered. */
const decided = (turn: Turn, step: TaskStep, output: JsonValue | undefined): void => {
  const node = nodeOf(turn, step)
  if (node === undefined) throw new Error(`Step ${step.n} of instance ${turn.state.id} decides nothing.`)
  const answer = output ?? null
  if (step.wait.decides === 'branch') {
    const { net } = graphOf(turn)
    const choice = chooseOut(turn, node, net.outgoing[net.indexOf.get(node.id) ?? -1] ?? [], answersOf(answer))
    return choice.ok ? closeStep(turn, step, { out: choice.value }) : openIncident(turn, step.n, choice.error)
  }
  if (node.type !== 'participant') throw new Error(`${node.title} assigns nobody.`)
  const value = node.assign.kind === 'rule' ? (answersOf(answer)['assign'] ?? null) : answer
  const chosen = evaluated(() => chosenBy(principalsOf(value, step.wait.task)))
  const opening: { readonly wait: Step['wait']; readonly error?: Failure } = chosen.ok
    ? participantWait(turn, node, chosen.value)
    : { wait: step.wait, error: chosen.error }
  if (opening.error !== undefined) return openIncident(turn, step.n, opening.error)
  const timers = timersOf(turn, node)
  record(turn, { t: 'turned', step: step.n, wait: opening.wait, timers: timers.value })
  if (timers.error !== undefined) return openIncident(turn, step.n, timers.error)
  if (opening.wait.kind === 'work-item') effect(turn, { kind: 'notify', step: step.n, reason: 'opened', to: askedOf(opening.wait) })
}

const answersOf = (answer: JsonValue): { readonly [key: string]: JsonValue } =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? (answer as { readonly [key: string]: JsonValue }) : {}
