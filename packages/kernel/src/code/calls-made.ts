/**
 * What a code workflow's function did after one delivery: its calls become steps and facts in the order it made them; its end ends the run.
 */
import { nobodyCanAnswer } from '../graph/participant.ts'
import type { CodeInput } from '../input.ts'
import { endRun } from '../run/end.ts'
import { startNextRun } from '../run/restart.ts'
import { takeKeptMessage } from '../step/message.ts'
import { startAttempt } from '../step/start-attempt.ts'
import { withdraw } from '../step/withdraw.ts'
import type { Wait } from '../step.ts'
import { effect, record, type Turn } from '../turn.ts'
import { type JsonValue, SYSTEM } from '../values.ts'
import type { Call } from './call.ts'
import { isAnswer } from './deliver.ts'

/** Most calls of one run: waking costs O(journal). `run.continueAsNew` starts afresh. */
export const MAX_JOURNAL = 100_000

export const callsMade = (turn: Turn, input: Extract<CodeInput, { kind: 'calls' }>): void => {
  if ((turn.state.status !== 'RUNNING' && turn.state.status !== 'SUSPENDED') || !isAnswer(turn, input.of)) return
  if (input.outcome?.kind === 'not-deterministic') return notDeterministic(turn, input.outcome)
  for (const call of input.calls) {
    make(turn, call)
    if (turn.state.code === undefined || call.kind === 'continue-as-new') return
  }
  switch (input.outcome?.kind) {
    case 'returned':
      return endRun(turn, { status: 'COMPLETED', ...(input.outcome.output === undefined ? {} : { output: input.outcome.output }) })
    case 'threw':
      return endRun(turn, { status: 'FAILED', error: input.outcome.error })
    case undefined:
      if (input.calls.length === 0) record(turn, { t: 'ran' })
      if ((turn.state.code?.calls ?? 0) > MAX_JOURNAL) return tooLong(turn)
      if (!canGoOn(turn)) endRun(turn, { status: 'FAILED', error: STUCK })
  }
}

const make = (turn: Turn, call: Call): void => {
  switch (call.kind) {
    case 'task': {
      const n = open(turn, call, {
        kind: 'task',
        task: call.task,
        attempt: 1,
        ...(call.input === undefined ? {} : { input: call.input }),
        ...(call.retry === undefined ? {} : { retry: call.retry }),
        ...(call.attemptTimeoutMs === undefined ? {} : { attemptTimeoutMs: call.attemptTimeoutMs }),
      })
      return startAttempt(turn, n)
    }
    case 'ask':
      return ask(turn, call)
    case 'sleep':
      open(turn, call, { kind: 'timer', dueAtMs: call.untilMs ?? turn.env.nowMs + (call.forMs ?? 0) })
      return
    case 'wait-for': {
      const n = open(turn, call, {
        kind: 'message',
        name: call.message,
        ...(call.key === undefined ? {} : { key: call.key }),
        ...(call.withinMs === undefined ? {} : { dueAtMs: turn.env.nowMs + call.withinMs }),
      })
      return takeKeptMessage(turn, n)
    }
    case 'start': {
      const { start } = call
      const child = turn.env.newId()
      const n = open(turn, call, { kind: 'child', child, workflow: start.workflow, start })
      return effect(turn, { kind: 'start-child', step: n, start: { ...start, id: child } })
    }
    case 'publish': {
      const { message: name, key, body } = call
      record(turn, { t: 'published', call: call.call, name, body, ...(key === undefined ? {} : { key }) })
      return effect(turn, { kind: 'publish', name, body, ...(key === undefined ? {} : { key }) })
    }
    case 'log':
      return record(turn, {
        t: 'logged',
        call: call.call,
        message: call.message,
        ...(call.fields === undefined ? {} : { fields: call.fields }),
      })
    case 'set':
      return record(turn, { t: 'data', call: call.call, data: call.data })
    case 'withdraw': {
      const losers = new Set(call.calls)
      record(turn, { t: 'withdrew', call: call.call, calls: call.calls })
      for (const step of Object.values(turn.state.steps)) {
        if (step.call !== undefined && losers.has(step.call)) withdraw(turn, step, 'Another branch was first.')
      }
      return
    }
    case 'continue-as-new':
      record(turn, { t: 'continued', call: call.call, input: call.input })
      for (const step of Object.values(turn.state.steps)) withdraw(turn, step, 'The workflow continued as new.')
      effect(turn, { kind: 'forget' })
      if (turn.state.status === 'SUSPENDED') return record(turn, { t: 'held', input: { kind: 'continue', input: call.input } })
      return continueAsNew(turn, call)
  }
}

/** The next run, with an empty journal. */
export const continueAsNew = (turn: Turn, { input }: { readonly input: JsonValue }): void =>
  startNextRun(turn, { by: SYSTEM, status: 'RUNNING', data: turn.state.data, input })

const open = (turn: Turn, call: Call & { readonly name: string }, wait: Wait): number => {
  const step = turn.state.lastStep + 1
  record(turn, { t: 'opened', step, node: call.name, call: call.call, wait })
  return step
}

/** A request nobody can answer rejects at once instead of waiting for ever. */
const ask = (turn: Turn, call: Extract<Call, { kind: 'ask' }>): void => {
  const [only] = call.to
  const assignee = call.to.length === 1 && only?.startsWith('user:') === true ? only.slice(5) : undefined
  const step = open(turn, call, {
    kind: 'work-item',
    title: call.title,
    candidates: call.to,
    priority: call.priority ?? turn.state.priority,
    version: 1,
    routes: call.routes,
    ...(assignee === undefined ? {} : { assignee }),
    ...(call.description === undefined ? {} : { description: call.description }),
    ...(call.form === undefined ? {} : { form: call.form }),
    ...(call.initial === undefined ? {} : { initial: call.initial }),
    ...(call.metadata === undefined ? {} : { metadata: call.metadata }),
    ...(call.dueInMs === undefined ? {} : { dueAtMs: turn.env.nowMs + call.dueInMs }),
  })
  const error = nobodyCanAnswer(turn, { candidates: call.to, ...(assignee === undefined ? {} : { assignee }) })
  if (error !== undefined) return record(turn, { t: 'held', input: { kind: 'settle', step, error } })
  effect(turn, { kind: 'notify', step, reason: 'opened', to: call.to })
}

const notDeterministic = (turn: Turn, outcome: { readonly expected: string; readonly actual: string; readonly call: number }): void => {
  record(turn, {
    t: 'incident',
    error: {
      code: 'NOT_DETERMINISTIC',
      message: `The function called ${outcome.actual} where its journal says ${outcome.expected} (call ${outcome.call}). Keep clock, chance and I/O in tasks; then retry, or restart it.`,
      details: { expected: outcome.expected, actual: outcome.actual, call: outcome.call },
    },
  })
  effect(turn, { kind: 'forget' })
}

/** Something is on its way to the function, waits to be, or will come of a call. */
const canGoOn = ({ state }: Turn): boolean =>
  state.code?.delivering !== undefined || state.held.length > 0 || Object.values(state.steps).some((step) => step.call !== undefined)

/** A replay would only come here again, so it is an end and no incident. */
const STUCK = {
  code: 'WORKFLOW_STUCK',
  message: 'The function waits for a promise that no call of run made: nothing will ever settle it. Await run.task, run.ask, run.sleep, …',
} as const

const tooLong = (turn: Turn): void => {
  record(turn, {
    t: 'incident',
    error: {
      code: 'JOURNAL_LIMIT',
      message: `The journal has ${turn.state.code?.calls} calls; the limit is ${MAX_JOURNAL}. Use run.continueAsNew in its loop and sync it; a retry lets this one go on by one result at a time.`,
    },
  })
}
