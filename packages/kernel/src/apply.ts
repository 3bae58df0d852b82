/**
 * The fold: `apply(state, fact) → state`. The only way a state changes (state.ts I1); it decides nothing and knows no program, so that every
 * screen of the past can be drawn from facts alone.
 *
 * Each fold changes a fresh copy of the state's top level, and copies what it changes below: one copy per fact, and the state given is never touched.
 */

import { resultOf } from './code/result-of.ts'
import type { By, Fact } from './fact.ts'
import { type CodeState, FORMAT, type State } from './state.ts'
import type { Step, TaskWait, WorkItemWait } from './step.ts'

type FactOf<T extends Fact['t']> = Extract<Fact, { readonly t: T }>
/** A copy of the state's top level that the fold may change. */
type Draft = { -readonly [K in keyof State]: State[K] }
type Fold<T extends Fact['t']> = (draft: Draft, fact: FactOf<T>) => void

/** State after `fact`. `state` is undefined only for `created`. */
export const apply = (state: State | undefined, fact: Fact): State => {
  if (fact.t === 'created') return created(fact)
  if (state === undefined) throw new Error(`The first fact of an instance is "created", not "${fact.t}".`)
  const draft: Draft = { ...state, facts: state.facts + 1 }
  ;(folds[fact.t] as (draft: Draft, fact: Fact) => void)(draft, fact)
  return draft
}

const EMPTY: { readonly [key: string]: never } = Object.freeze({})
const NONE: readonly never[] = Object.freeze([])

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
  locks: fact.locks ?? NONE,
  lastStep: 0,
  steps: EMPTY,
  tokens: EMPTY,
  passes: EMPTY,
  messages: NONE,
  held: NONE,
  decidedBy: EMPTY,
  ...(fact.status === 'RUNNING' ? { startedAtMs: fact.at } : {}),
  ...(fact.input === undefined ? {} : { input: fact.input }),
  ...(fact.force === undefined ? {} : { force: fact.force }),
  ...(fact.simulate === undefined ? {} : { simulate: fact.simulate }),
  ...(fact.startAtMs === undefined ? {} : { startAtMs: fact.startAtMs }),
  ...(fact.parent === undefined ? {} : { parent: fact.parent }),
  ...(fact.kind === 'code' ? { code: freshCode(1, fact.status === 'RUNNING' ? fact.at : undefined) } : {}),
})

/** Code at the begin of a run whose first fact is number `journalFrom`; `atMs` undefined: it has not been admitted. */
const freshCode = (journalFrom: number, atMs: number | undefined): CodeState => ({
  calls: 0,
  journalFrom,
  kills: 0,
  ...(atMs === undefined ? {} : { delivering: { kind: 'start', atMs } as const }),
})

const person = (fact: By): string => fact.for ?? fact.by ?? 'system'

type Counts = { readonly [key: string]: number }

/** A record without one key; the empty one stays one object, as most steps are alone. */
const without = <T>(record: { readonly [key: string]: T }, key: string | number): { readonly [key: string]: T } => {
  const gone = String(key)
  let rest: { [key: string]: T } | undefined
  for (const each in record) {
    if (each === gone) continue
    rest ??= {}
    rest[each] = record[each] as T
  }
  return rest ?? EMPTY
}

const put = (tokens: Counts, edges: readonly number[]): Counts => {
  if (edges.length === 0) return tokens
  const next: { [edge: string]: number } = { ...tokens }
  for (const edge of edges) next[edge] = (next[edge] ?? 0) + 1
  return next
}

const take = (tokens: Counts, edges: readonly number[]): Counts => {
  let next = tokens
  for (const edge of edges) {
    const count = next[edge] ?? 0
    if (count > 1) next = { ...next, [edge]: count - 1 }
    else if (count === 1) next = without(next, edge)
  }
  return next
}

const countPass = (draft: Draft, node: string, pass: number | undefined): void => {
  if (pass !== undefined) draft.passes = { ...draft.passes, [node]: pass }
}

const changeStep = (draft: Draft, n: number, change: (step: Step) => Step): void => {
  draft.steps = { ...draft.steps, [n]: change(stepOf(draft, n)) }
}

const stepOf = (draft: Draft, n: number): Step => {
  const step = draft.steps[n]
  if (step === undefined) throw new Error(`Instance ${draft.id} has no open step ${n}.`)
  return step
}

const changeTask = (draft: Draft, n: number, change: (wait: TaskWait) => TaskWait): void =>
  changeStep(draft, n, (step) => {
    if (step.wait.kind !== 'task') throw new Error(`Step ${n} of instance ${draft.id} runs no task.`)
    return { ...step, wait: change(step.wait) }
  })

const changeItem = (draft: Draft, n: number, change: (item: WorkItemWait) => Omit<WorkItemWait, 'version'>): void =>
  changeStep(draft, n, (step) => {
    if (step.wait.kind !== 'work-item') throw new Error(`Step ${n} of instance ${draft.id} is not a work item.`)
    return { ...step, wait: { ...change(step.wait), version: step.wait.version + 1 } }
  })

const takeMessage = (draft: Draft, place: number | undefined): void => {
  if (place !== undefined) draft.messages = draft.messages.filter((_, other) => other !== place)
}

/** The item as it was before anybody took it. */
const unassigned = (item: WorkItemWait): WorkItemWait => {
  const { assignee: _assignee, claimedAtMs: _claimedAtMs, ...rest } = item
  return rest
}

/** The function has handled its delivery: it made a call, or has nothing to say. */
const handled = (draft: Draft, call: number | undefined): void => {
  if (draft.code === undefined) return
  const { delivering: _, ...code } = draft.code
  draft.code = { ...code, calls: call ?? code.calls, kills: 0 }
}

const called: (draft: Draft, fact: { readonly call: number }) => void = (draft, fact) => handled(draft, fact.call)

const beginRun = (draft: Draft, atMs: number): void => {
  const { replay } = draft
  delete draft.replay
  delete draft.queuedAtMs
  draft.status = 'RUNNING'
  draft.startedAtMs = atMs
  if (draft.kind !== 'code') return
  draft.code =
    replay === undefined
      ? freshCode(draft.facts, atMs)
      : {
          calls: replay.calls,
          journalFrom: draft.facts,
          kills: 0,
          delivering: { ...replay.delivery, atMs },
          ...(replay.asRun === undefined ? {} : { asRun: replay.asRun }),
        }
}

const folds: { readonly [T in Exclude<Fact['t'], 'created'>]: Fold<T> } & { readonly created?: never } = {
  queued: (draft, fact) => {
    draft.status = 'QUEUED'
    draft.queuedAtMs = fact.at
  },
  admitted: (draft, fact) => beginRun(draft, fact.at),
  suspended: (draft, fact) => {
    draft.status = 'SUSPENDED'
    draft.stoppedAtMs = fact.at
    if (fact.reason !== undefined) draft.reason = fact.reason
  },
  resumed: (draft) => {
    draft.status = 'RUNNING'
    delete draft.stoppedAtMs
    delete draft.reason
  },
  cancelling: (draft, fact) => {
    draft.status = 'CANCELLING'
    draft.stoppedAtMs = fact.at
    draft.cancelByMs = fact.untilMs
    draft.held = NONE
    delete draft.incident
    if (fact.reason !== undefined) draft.reason = fact.reason
    if (fact.left !== undefined) draft.left = fact.left
  },
  ended: (draft, fact) => {
    delete draft.stoppedAtMs
    delete draft.cancelByMs
    delete draft.startAtMs
    delete draft.queuedAtMs
    delete draft.incident
    draft.status = fact.status
    draft.endedAtMs = fact.at
    draft.steps = EMPTY
    draft.tokens = EMPTY
    draft.messages = NONE
    draft.held = NONE
    if (fact.output !== undefined) draft.output = fact.output
    if (fact.error !== undefined) draft.error = fact.error
    if (fact.reason !== undefined) draft.reason = fact.reason
    if (fact.left !== undefined) draft.left = fact.left
    handled(draft, undefined)
  },
  restarted: (draft, fact) => {
    for (const key of ['endedAtMs', 'output', 'error', 'reason', 'left', 'startedAtMs'] as const) delete draft[key]
    draft.run = fact.run
    draft.status = fact.status
    draft.data = fact.data
    draft.steps = EMPTY
    draft.tokens = fact.tokens ?? EMPTY
    draft.passes = EMPTY
    if (fact.from === undefined) draft.decidedBy = EMPTY
    else draft.left = { nodes: fact.from, tokens: draft.tokens }
    if (fact.input !== undefined) draft.input = fact.input
    if (fact.replay !== undefined) draft.replay = fact.replay
    if (fact.status === 'RUNNING') beginRun(draft, fact.at)
    else draft.queuedAtMs = fact.at
  },
  passed: (draft, fact) => {
    draft.tokens = put(take(draft.tokens, fact.in), fact.out)
    countPass(draft, fact.node, fact.pass)
  },
  cleared: (draft, fact) => {
    draft.tokens = take(draft.tokens, fact.edges)
  },
  opened: (draft, fact) => {
    const step: Step = {
      n: fact.step,
      node: fact.node,
      openedAtMs: fact.at,
      wait: fact.wait,
      ...(fact.call === undefined ? {} : { call: fact.call }),
      ...(fact.timers === undefined ? {} : { timers: fact.timers }),
      ...(fact.side === undefined ? {} : { isSide: fact.side }),
    }
    draft.lastStep = fact.step
    if (fact.in !== undefined) draft.tokens = take(draft.tokens, fact.in)
    draft.steps = { ...draft.steps, [fact.step]: step }
    countPass(draft, fact.node, fact.pass)
    if (fact.call !== undefined && fact.again !== true) handled(draft, fact.call)
  },
  turned: (draft, fact) => {
    countPass(draft, stepOf(draft, fact.step).node, fact.pass)
    changeStep(draft, fact.step, (step) => ({ ...step, wait: fact.wait, ...(fact.timers === undefined ? {} : { timers: fact.timers }) }))
  },
  closed: (draft, fact) => {
    const step = stepOf(draft, fact.step)
    draft.steps = without(draft.steps, fact.step)
    if (fact.out !== undefined) draft.tokens = put(draft.tokens, fact.out)
    if (fact.data !== undefined) draft.data = { ...draft.data, ...fact.data }
    takeMessage(draft, fact.took)
    if (step.wait.kind === 'work-item' && fact.skipped !== true && draft.kind === 'graph') {
      draft.decidedBy = { ...without(draft.decidedBy, step.node), [step.node]: person(fact) }
    }
    if (step.call === undefined || draft.code === undefined) return
    draft.code = { ...draft.code, delivering: { ...resultOf(step.call, fact), atMs: fact.at } }
  },
  withdrawn: (draft, fact) => {
    draft.steps = without(draft.steps, fact.step)
  },
  'attempt-failed': (draft, fact) => {
    const { retryAtMs, asked } = fact
    if (retryAtMs !== undefined) changeTask(draft, fact.step, (wait) => ({ ...wait, retryAtMs, ...(asked === undefined ? {} : { asked }) }))
  },
  'attempt-started': (draft, fact) =>
    changeTask(draft, fact.step, (wait) => {
      const { retryAtMs: _retryAtMs, asked: _asked, ...rest } = wait
      return { ...rest, attempt: fact.attempt }
    }),
  'attempt-returned': (draft, fact) => {
    const { retryAtMs } = fact
    // A poll that was answered is no failed try: from the next one the policy counts afresh.
    changeTask(draft, fact.step, (wait) =>
      retryAtMs === undefined ? { ...wait, awaitsCallback: true } : { ...wait, retryAtMs, policyFrom: fact.attempt + 1 },
    )
  },
  callback: (draft, fact) => changeTask(draft, fact.step, (wait) => ({ ...wait, early: { body: fact.body } })),
  incident: (draft, fact) => {
    const incident = { ...fact.error, atMs: fact.at }
    takeMessage(draft, fact.took)
    if (fact.step === undefined) draft.incident = incident
    else changeStep(draft, fact.step, (step) => ({ ...step, incident }))
  },
  'incident-resolved': (draft, fact) => {
    if (fact.step === undefined) {
      delete draft.incident
      if (draft.code !== undefined) draft.code = { ...draft.code, kills: 0 }
      return
    }
    changeStep(draft, fact.step, (step) => {
      const { incident: _incident, ...rest } = step
      return rest.wait.kind === 'task' ? { ...rest, wait: { ...rest.wait, policyFrom: rest.wait.attempt + 1 } } : rest
    })
  },
  claimed: (draft, fact) => changeItem(draft, fact.step, (item) => ({ ...item, assignee: person(fact), claimedAtMs: fact.at })),
  unclaimed: (draft, fact) => changeItem(draft, fact.step, unassigned),
  assigned: (draft, fact) =>
    changeItem(draft, fact.step, (item) => ({
      ...unassigned(item),
      candidates: fact.candidates,
      ...(fact.assignee === undefined ? {} : { assignee: fact.assignee }),
      ...(fact.priority === undefined ? {} : { priority: fact.priority }),
    })),
  // A comment is no change of the item: nobody's decision becomes stale by it.
  commented: (draft, fact) =>
    changeStep(draft, fact.step, (step) =>
      step.wait.kind === 'work-item' ? { ...step, wait: { ...step.wait, comments: (step.wait.comments ?? 0) + 1 } } : step,
    ),
  reminded: () => undefined,
  'timed-out': (draft, fact) => changeStep(draft, fact.step, (step) => ({ ...step, timers: fact.timers })),
  data: (draft, fact) => {
    draft.data = { ...draft.data, ...fact.data }
    if (fact.call !== undefined) handled(draft, fact.call)
  },
  message: (draft, fact) => {
    const kept = { name: fact.name, body: fact.body, atMs: fact.at, ...(fact.key === undefined ? {} : { key: fact.key }) }
    draft.messages = [...draft.messages, kept]
  },
  held: (draft, fact) => {
    draft.held = [...draft.held, fact.input]
  },
  released: (draft) => {
    draft.held = draft.held.slice(1)
  },
  logged: called,
  published: called,
  withdrew: called,
  continued: called,
  ran: (draft) => handled(draft, undefined),
  'runner-killed': (draft, fact) => {
    if (draft.code !== undefined) draft.code = { ...draft.code, kills: fact.kills }
  },
}
