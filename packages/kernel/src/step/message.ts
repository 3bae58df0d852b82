import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { isFinal } from '../status.ts'
import type { MessageWait, Step } from '../step.ts'
import { record, type Turn } from '../turn.ts'
import { waitResult } from './callback.ts'
import { closeStep, isSettled } from './close.ts'
import { nodeOf } from './start-attempt.ts'

/** Messages kept for one instance before anybody waits for them; more would be a flood, not an early answer. */
export const MAX_KEPT_MESSAGES = 1_000

/** A message for this instance: to the oldest step that waits for it, or kept until one does. */
export const message = (turn: Turn, input: Extract<RunInput, { kind: 'message' }>): void => {
  const { status, id } = turn.state
  if (isFinal(status) || status === 'CANCELLING') throw new Refusal('WRONG_STATUS', `Instance ${id} takes no message: it is ${status}.`)
  for (const step of Object.values(turn.state.steps)) {
    if (step.wait.kind !== 'message' || !fits(step.wait, input) || isSettled(turn.state, step.n)) continue
    const node = nodeOf(turn, step)
    return closeStep(turn, step, { output: input.body, ...waitResult(node?.type === 'wait' ? node.result : undefined, input.body) })
  }
  assertRoom(turn)
  record(turn, { t: 'message', name: input.name, body: input.body, ...(input.key === undefined ? {} : { key: input.key }) })
}

/** @throws Refusal OVERLOADED when the instance keeps as many as it may, with those that wait for its resume */
export const assertRoom = ({ state }: Turn): void => {
  const kept = state.messages.length + state.held.filter((input) => input.kind === 'message').length
  if (kept < MAX_KEPT_MESSAGES) return
  throw new Refusal('OVERLOADED', `Instance ${state.id} keeps ${kept} messages nobody has waited for; it takes no more.`)
}

/** A step that begins to wait takes a message that came early. */
export const takeKeptMessage = (turn: Turn, n: number): void => {
  const step: Step | undefined = turn.state.steps[n]
  if (step?.wait.kind !== 'message') return
  const { wait } = step
  const place = turn.state.messages.findIndex((kept) => fits(wait, kept))
  const kept = turn.state.messages[place]
  if (kept === undefined) return
  const node = nodeOf(turn, step)
  closeStep(turn, step, { output: kept.body, took: place, ...waitResult(node?.type === 'wait' ? node.result : undefined, kept.body) })
}

/** Same name, and the same key where the step asks for one. */
const fits = (wait: MessageWait, message: { readonly name: string; readonly key?: string }): boolean =>
  wait.name === message.name && (wait.key === undefined || wait.key === message.key)
