/**
 * `decide(state, input, env) → { state, facts, effects }`: the one function that serves graphs and code alike (a plan is a graph).
 *
 * Owns: which handler an input goes to, and what a status does to it (the table of DESIGN 4.1). Does not own what each input means: that is one
 * file per kind under `run/`, `step/`, `item/`, `code/`.
 *
 * Invariants:
 * I1. Pure and synchronous: the same arguments give the same facts.
 * I2. Throws `Refusal` for what a user may not do now; then nothing has happened. Any other error is a defect.
 * I3. `state` of the answer is the fold of `facts` over the state given.
 */
import { callsMade, continueAsNew } from './code/calls-made.ts'
import { runnerFailed } from './code/runner-failed.ts'
import type { Effect } from './effect.ts'
import type { Env } from './env.ts'
import type { Fact } from './fact.ts'
import { endIfDone, enter, enterNode } from './graph/enter.ts'
import type { Input } from './input.ts'
import { claim, unclaim } from './item/claim.ts'
import { comment } from './item/comment.ts'
import { complete } from './item/complete.ts'
import { delegate } from './item/delegate.ts'
import { stepBack } from './item/step-back.ts'
import { Refusal } from './refusal.ts'
import { admit, fallDue } from './run/admitted.ts'
import { cancel } from './run/cancel.ts'
import { restart } from './run/restart.ts'
import { resume } from './run/resume.ts'
import { setData } from './run/set-data.ts'
import { start } from './run/start.ts'
import { suspend } from './run/suspend.ts'
import { terminate } from './run/terminate.ts'
import type { State } from './state.ts'
import { isFinal } from './status.ts'
import { attemptFailed, attemptSucceeded } from './step/attempt.ts'
import { acceptCallback, callback } from './step/callback.ts'
import { childEnded, childRefused } from './step/child.ts'
import { assertRoom, message } from './step/message.ts'
import { retry } from './step/retry.ts'
import { settleCall } from './step/settle.ts'
import { skip } from './step/skip.ts'
import { timer } from './step/timer.ts'
import { beginTurn, type Next, record, type Turn } from './turn.ts'

export interface Decision {
  readonly state: State
  readonly facts: readonly Fact[]
  readonly effects: readonly Effect[]
}

/**
 * Decides what happens next.
 *
 * @param state undefined only for `start`
 * @throws Refusal when the input is not allowed now
 */
export const decide = (state: State | undefined, input: Input, env: Env): Decision => {
  const turn = input.kind === 'start' ? start(input, env) : resumeTurn(state, input, env)
  settle(turn)
  return turn
}

const resumeTurn = (state: State | undefined, input: Exclude<Input, { kind: 'start' }>, env: Env): Turn => {
  if (state === undefined) throw new Error(`Input ${input.kind} needs a state.`)
  const turn = beginTurn(state, env)
  handle(turn, input)
  return turn
}

/** Lets everything that follows happen: tokens move, held inputs are applied, until nothing is left to do in this decision. */
const settle = (turn: Turn): void => {
  for (;;) {
    const next = turn.agenda.shift()
    if (next !== undefined) follow(turn, next)
    else if (!releaseHeld(turn)) break
  }
  if (turn.facts.length > 0 && turn.state.kind === 'graph') endIfDone(turn)
}

const follow = (turn: Turn, next: Next): void => {
  switch (next.kind) {
    case 'tokens':
      return enter(turn, next.edges)
    case 'node':
      return enterNode(turn, next.node)
    case 'held':
      releaseHeld(turn)
      return
    case 'input':
      return handle(turn, next.input)
  }
}

/** Applies the oldest held input. For code one at a time: the next waits until the function has handled it, and none come while it cannot go on. */
const releaseHeld = (turn: Turn): boolean => {
  const { held: waiting, status, code, incident } = turn.state
  const [held] = waiting
  if (held === undefined || status !== 'RUNNING' || code?.delivering !== undefined || incident !== undefined) return false
  record(turn, { t: 'released' })
  try {
    handle(turn, held)
  } catch (error) {
    // It was checked when it came, so what it was for is over by now (a callback that came twice). It must not stand in the way of the resume.
    if (!(error instanceof Refusal)) throw error
  }
  return true
}

const handle = (turn: Turn, input: Input): void => {
  const { status } = turn.state
  if (mustHold(turn, input)) {
    if (input.kind === 'callback') acceptCallback(turn, input)
    if (input.kind === 'message') assertRoom(turn)
    return record(turn, { t: 'held', input })
  }
  if (isFinal(status) && isReport(input)) return // late: an attempt that outlived its run
  dispatch(turn, input)
}

/** Something that happened by itself, which must never be lost nor answered with an error. */
const isReport = (input: Input): boolean => {
  switch (input.kind) {
    case 'attempt-succeeded':
    case 'attempt-failed':
    case 'timer':
    case 'child-ended':
    case 'child-refused':
    case 'calls':
    case 'continue':
    case 'runner-failed':
    case 'settle':
    case 'admit':
    case 'fall-due':
      return true
    default:
      return false
  }
}

/** While SUSPENDED results and messages wait for the resume; due timers stay in the state and fire then, in due order. */
const mustHold = (turn: Turn, input: Input): boolean => {
  if (turn.state.status !== 'SUSPENDED') return false
  switch (input.kind) {
    case 'attempt-succeeded':
    case 'attempt-failed':
    case 'child-ended':
    case 'child-refused':
    case 'settle':
      return turn.state.steps[input.step] !== undefined
    case 'callback':
    case 'message':
      return true
    default:
      return false
  }
}

const dispatch = (turn: Turn, input: Input): void => {
  switch (input.kind) {
    case 'start':
      throw new Refusal('WRONG_STATUS', `Instance ${turn.state.id} exists already.`)
    case 'admit':
      return admit(turn)
    case 'fall-due':
      return fallDue(turn, input)
    case 'suspend':
      return suspend(turn, input)
    case 'resume':
      return resume(turn, input)
    case 'cancel':
      return cancel(turn, input)
    case 'terminate':
      return terminate(turn, input)
    case 'restart':
      return restart(turn, input)
    case 'set-data':
      return setData(turn, input)
    case 'message':
      return message(turn, input)
    case 'attempt-succeeded':
      return attemptSucceeded(turn, input)
    case 'attempt-failed':
      return attemptFailed(turn, input)
    case 'timer':
      return timer(turn, input)
    case 'callback':
      return callback(turn, input)
    case 'child-ended':
      return childEnded(turn, input)
    case 'child-refused':
      return childRefused(turn, input)
    case 'settle':
      return settleCall(turn, input)
    case 'retry':
      return retry(turn, input)
    case 'skip':
      return skip(turn, input)
    case 'complete':
      return complete(turn, input)
    case 'claim':
      return claim(turn, input)
    case 'unclaim':
      return unclaim(turn, input)
    case 'delegate':
      return delegate(turn, input)
    case 'comment':
      return comment(turn, input)
    case 'step-back':
      return stepBack(turn, input)
    case 'calls':
      return callsMade(turn, input)
    case 'continue':
      return continueAsNew(turn, input)
    case 'runner-failed':
      return runnerFailed(turn, input)
  }
}
