/**
 * The fold: `apply(state, fact) → state`. The only way a state changes (state.ts I1); it decides nothing and knows no program, so that every
 * screen of the past can be drawn from facts alone.
 */
import type { Fact, By } from './fact.ts'
import { FORMAT, type CodeState, type State } from './state.ts'
import type { Step, WorkItemWait } from './step.ts'

type FactOf<T extends Fact['t']> = Extract<Fact, { readonly t: T }>
type Fold<T extends Fact['t']> = (state: State, fact: FactOf<T>) => State

/** State after `fact`. `state` is undefined only for `created`. */
export const apply = (state: State | undefined, fact: Fact): State => {
  if (fact.t === 'created') return created(fact)
  if (state === undefined) throw new Error(`The first fact of an instance is "created", not "${fact.t}".`)
  const next = (folds[fact.t] as Fold<Fact['t']>)(state, fact as never)
  return { ...next, facts: state.facts + 1 }
}

const EMPTY: { readonly [key: string]: never } = Object.freeze({})

const created = (fact: FactOf<'created'>): State => ({
  format: FORMAT,
  id: fact.id,
  workspace: fact.workspace,
  workflow: fact.workflow,
  version: fact.version,
  kind: fact.kind,
  status: fact.status,
  run: 1,
  facts: 1,
  title: fact.title,
  initiator: fact.for ?? fact.by ?? 'system',
  createdAtMs: fact.at,
  payload: fact.payload,
  data: fact.data ?? EMPTY,
  priority: fact.priority ?? 50,
  locks: fact.locks ?? [],
  lastStep: 0,
  steps: EMPTY,
  tokens: EMPTY,
  passes: EMPTY,
  messages: [],
  held: [],
  decidedBy: EMPTY,
  ...(fact.status === 'RUNNING' ? { startedAtMs: fact.at } : {}),
  ...(fact.input === undefined ? {} : { input: fact.input }),
  ...(fact.force === undefined ? {} : { force: fact.force }),
  ...(fact.simulate === undefined ? {} : { simulate: fact.simulate }),
  ...(fact.startAtMs === undefined ? {} : { startAtMs: fact.startAtMs }),
  ...(fact.parent === undefined ? {} : { parent: fact.parent }),
  ...(fact.kind === 'code' ? { code: freshCode(1, fact.status === 'RUNNING') } : {}),
})

/** Code at the begin of a run whose first fact is number `journalFrom`. */
const freshCode = (journalFrom: number, isRunning: boolean): CodeState => ({
  calls: 0,
  journalFrom,
  kills: 0,
  ...(isRunning ? { delivering: { kind: 'start' } as const } : {}),
})

const person = (fact: By): string => fact.for ?? fact.by ?? 'system'

const without = <T>(record: { readonly [key: string]: T }, key: string | number): { readonly [key: string]: T } => {
  const { [String(key)]: _, ...rest } = record
  return rest
}

const withStep = (state: State, n: number, change: (step: Step) => Step): State => {
  const step = state.steps[n]
  if (step === undefined) throw new Error(`Instance ${state.id} has no open step ${n}.`)
  return { ...state, steps: { ...state.steps, [n]: change(step) } }
}

const withItem = (state: State, n: number, change: (item: WorkItemWait) => WorkItemWait): State =>
  withStep(state, n, (step) => {
    if (step.wait.kind !== 'work-item') throw new Error(`Step ${n} of instance ${state.id} is not a work item.`)
    const item = change(step.wait)
    return { ...step, wait: { ...item, version: item.version + 1 } }
  })

const addTokens = (tokens: State['tokens'], edges: readonly number[]): State['tokens'] => {
  if (edges.length === 0) return tokens
  const next = { ...tokens }
  for (const edge of edges) next[edge] = (next[edge] ?? 0) + 1
  return next
}

const takeTokens = (tokens: State['tokens'], edges: readonly number[]): State['tokens'] => {
  if (edges.length === 0) return tokens
  const next = { ...tokens }
  for (const edge of edges) {
    const count = next[edge] ?? 0
    if (count > 1) next[edge] = count - 1
    else delete next[edge]
  }
  return next
}

const passed = (passes: State['passes'], node: string, pass: number | undefined): State['passes'] =>
  pass === undefined ? passes : { ...passes, [node]: pass }

const without_ = <K extends keyof State>(state: State, ...keys: K[]): State => {
  const next: { -readonly [P in keyof State]: State[P] } = { ...state }
  for (const key of keys) delete next[key]
  return next
}

/** Calls clear what was being delivered: the function has handled it. */
const called = (state: State, call: number | undefined): State =>
  call === undefined || state.code === undefined
    ? state
    : { ...state, code: { calls: call, journalFrom: state.code.journalFrom, kills: 0 } }

const delivered = (state: State): State =>
  state.code === undefined ? state : { ...state, code: { calls: state.code.calls, journalFrom: state.code.journalFrom, kills: 0 } }

const begin = (state: State, atMs: number): State => {
  const next: State = { ...without_(state, 'replay'), status: 'RUNNING', startedAtMs: atMs }
  if (state.kind !== 'code') return next
  const { replay } = state
  if (replay === undefined) return { ...next, code: freshCode(state.facts + 1, true) }
  return { ...next, code: { calls: replay.calls, journalFrom: state.facts + 1, kills: 0, delivering: replay.delivery } }
}

const folds: { readonly [T in Exclude<Fact['t'], 'created'>]: Fold<T> } & { readonly created?: never } = {
  queued: (state) => ({ ...state, status: 'QUEUED' }),
  admitted: (state, fact) => begin(state, fact.at),
  suspended: (state, fact) => ({ ...state, status: 'SUSPENDED', ...(fact.reason === undefined ? {} : { reason: fact.reason }) }),
  resumed: (state) => ({ ...without_(state, 'reason'), status: 'RUNNING' }),
  cancelling: (state, fact) => ({
    ...without_(state, 'incident'),
    status: 'CANCELLING',
    cancelByMs: fact.untilMs,
    held: [],
    ...(fact.reason === undefined ? {} : { reason: fact.reason }),
  }),
  ended: (state, fact) => {
    const next: { -readonly [P in keyof State]: State[P] } = {
      ...without_(state, 'cancelByMs', 'startAtMs', 'incident'),
      status: fact.status,
      endedAtMs: fact.at,
      steps: EMPTY,
      tokens: EMPTY,
      messages: [],
      held: [],
    }
    if (fact.output !== undefined) next.output = fact.output
    if (fact.error !== undefined) next.error = fact.error
    if (fact.reason !== undefined) next.reason = fact.reason
    if (fact.left !== undefined) next.left = fact.left
    if (state.code !== undefined) next.code = { calls: state.code.calls, journalFrom: state.code.journalFrom, kills: 0 }
    return next
  },
  restarted: (state, fact) => {
    const next = {
      ...without_(state, 'endedAtMs', 'output', 'error', 'reason', 'left', 'startedAtMs'),
      run: fact.run,
      status: fact.status,
      data: fact.data,
      steps: EMPTY,
      tokens: fact.tokens ?? EMPTY,
      passes: EMPTY,
      decidedBy: fact.from === undefined ? EMPTY : state.decidedBy,
      ...(fact.input === undefined ? {} : { input: fact.input }),
      ...(fact.from === undefined ? {} : { left: { nodes: fact.from, tokens: fact.tokens ?? EMPTY } }),
      ...(fact.replay === undefined ? {} : { replay: fact.replay }),
    }
    return fact.status === 'RUNNING' ? begin(next, fact.at) : next
  },
  passed: (state, fact) => ({
    ...state,
    tokens: addTokens(takeTokens(state.tokens, fact.in), fact.out),
    passes: passed(state.passes, fact.node, fact.pass),
  }),
  cleared: (state, fact) => ({ ...state, tokens: takeTokens(state.tokens, fact.edges) }),
  opened: (state, fact) => {
    const step: Step = {
      n: fact.step,
      node: fact.node,
      openedAtMs: fact.at,
      wait: fact.wait,
      ...(fact.call === undefined ? {} : { call: fact.call }),
      ...(fact.timers === undefined ? {} : { timers: fact.timers }),
      ...(fact.side === undefined ? {} : { isSide: fact.side }),
    }
    return called(
      {
        ...state,
        lastStep: fact.step,
        tokens: takeTokens(state.tokens, fact.in ?? []),
        passes: passed(state.passes, fact.node, fact.pass),
        steps: { ...state.steps, [fact.step]: step },
      },
      fact.again === true ? undefined : fact.call,
    )
  },
  turned: (state, fact) =>
    withStep({ ...state, passes: passed(state.passes, state.steps[fact.step]?.node ?? '', fact.pass) }, fact.step, (step) => ({
      ...step,
      wait: fact.wait,
      ...(fact.timers === undefined ? {} : { timers: fact.timers }),
    })),
  closed: (state, fact) => {
    const step = state.steps[fact.step]
    if (step === undefined) throw new Error(`Instance ${state.id} has no open step ${fact.step}.`)
    const next: { -readonly [P in keyof State]: State[P] } = {
      ...state,
      steps: without(state.steps, fact.step),
      tokens: addTokens(state.tokens, fact.out ?? []),
    }
    if (fact.data !== undefined) next.data = { ...state.data, ...fact.data }
    if (fact.took !== undefined) next.messages = state.messages.filter((_, place) => place !== fact.took)
    if (step.wait.kind === 'work-item' && !fact.skipped && state.kind === 'graph') {
      next.decidedBy = { ...without(state.decidedBy, step.node), [step.node]: person(fact) }
    }
    if (step.call !== undefined && state.code !== undefined) {
      next.code = {
        ...state.code,
        delivering: {
          kind: 'result',
          call: step.call,
          ...(fact.output === undefined ? {} : { output: fact.output }),
          ...(fact.error === undefined ? {} : { error: fact.error }),
          ...(fact.route === undefined ? {} : { route: fact.route }),
        },
      }
    }
    return next
  },
  withdrawn: (state, fact) => ({ ...state, steps: without(state.steps, fact.step) }),
  'attempt-failed': (state, fact) =>
    withStep(state, fact.step, (step) => {
      if (step.wait.kind !== 'task') throw new Error(`Step ${fact.step} of instance ${state.id} runs no task.`)
      return { ...step, wait: fact.retryAtMs === undefined ? step.wait : { ...step.wait, retryAtMs: fact.retryAtMs } }
    }),
  'attempt-started': (state, fact) =>
    withStep(state, fact.step, (step) => {
      if (step.wait.kind !== 'task') throw new Error(`Step ${fact.step} of instance ${state.id} runs no task.`)
      const { retryAtMs: _, ...wait } = step.wait
      return { ...step, wait: { ...wait, attempt: fact.attempt } }
    }),
  'attempt-returned': (state, fact) =>
    withStep(state, fact.step, (step) => {
      if (step.wait.kind !== 'task') throw new Error(`Step ${fact.step} of instance ${state.id} runs no task.`)
      return fact.retryAtMs === undefined
        ? { ...step, wait: { ...step.wait, awaitsCallback: true } }
        : { ...step, wait: { ...step.wait, retryAtMs: fact.retryAtMs } }
    }),
  callback: (state, fact) =>
    withStep(state, fact.step, (step) =>
      step.wait.kind === 'task' ? { ...step, wait: { ...step.wait, early: { body: fact.body } } } : step,
    ),
  incident: (state, fact) =>
    fact.step === undefined
      ? { ...state, incident: { ...fact.error, atMs: fact.at } }
      : withStep(state, fact.step, (step) => ({ ...step, incident: { ...fact.error, atMs: fact.at } })),
  'incident-resolved': (state, fact) => {
    if (fact.step === undefined) {
      const next = without_(state, 'incident')
      return next.code === undefined ? next : { ...next, code: { ...next.code, kills: 0 } }
    }
    return withStep(state, fact.step, (step) => {
      const { incident: _, ...rest } = step
      if (rest.wait.kind !== 'task') return rest
      return { ...rest, wait: { ...rest.wait, policyFrom: rest.wait.attempt + 1 } }
    })
  },
  claimed: (state, fact) => withItem(state, fact.step, (item) => ({ ...item, assignee: person(fact), claimedAtMs: fact.at })),
  unclaimed: (state, fact) =>
    withItem(state, fact.step, (item) => {
      const { assignee: _a, claimedAtMs: _c, ...rest } = item
      return rest
    }),
  assigned: (state, fact) =>
    withItem(state, fact.step, (item) => {
      const { assignee: _a, claimedAtMs: _c, ...rest } = item
      return {
        ...rest,
        candidates: fact.candidates,
        ...(fact.assignee === undefined ? {} : { assignee: fact.assignee }),
        ...(fact.how === 'escalated' && item.claimedAtMs !== undefined ? { claimedAtMs: item.claimedAtMs } : {}),
        ...(fact.priority === undefined ? {} : { priority: fact.priority }),
      }
    }),
  commented: (state, fact) =>
    withStep(state, fact.step, (step) =>
      step.wait.kind === 'work-item' ? { ...step, wait: { ...step.wait, comments: (step.wait.comments ?? 0) + 1 } } : step,
    ),
  reminded: (state) => state,
  'timed-out': (state, fact) => withStep(state, fact.step, (step) => ({ ...step, timers: fact.timers })),
  data: (state, fact) => called({ ...state, data: { ...state.data, ...fact.data } }, fact.call),
  message: (state, fact) => ({
    ...state,
    messages: [
      ...state.messages,
      { name: fact.name, body: fact.body, atMs: fact.at, ...(fact.key === undefined ? {} : { key: fact.key }) },
    ],
  }),
  held: (state, fact) => ({ ...state, held: [...state.held, fact.input] }),
  released: (state) => ({ ...state, held: state.held.slice(1) }),
  logged: (state, fact) => called(state, fact.call),
  published: (state, fact) => called(state, fact.call),
  withdrew: (state, fact) => called(state, fact.call),
  continued: (state, fact) => called(state, fact.call),
  ran: (state) => delivered(state),
  'runner-killed': (state, fact) => (state.code === undefined ? state : { ...state, code: { ...state.code, kills: fact.kills } }),
}
