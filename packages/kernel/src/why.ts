/** Why an open instance is not moving, from its state alone; the host adds what lies outside it (queue, people, liveness). */
import type { Program } from './program.ts'
import type { State } from './state.ts'
import { isFinal } from './status.ts'
import { DEFAULT_RETRY, isPolling, policyOf } from './step/policy.ts'
import type { Step } from './step.ts'
import { askedOf, type JsonValue, type Principal } from './values.ts'

export interface Reason {
  readonly code:
    | 'PERSON'
    | 'NOBODY'
    | 'RETRY'
    | 'TASK'
    | 'CALLBACK'
    | 'MESSAGE'
    | 'TIMER'
    | 'CHILD'
    | 'QUEUED'
    | 'SCHEDULED'
    | 'SUSPENDED'
    | 'CANCELLING'
    | 'INCIDENT'
    | 'CODE'
    | 'JOIN'
    | 'STALE'
  readonly params: { [name: string]: JsonValue }
  readonly sinceMs: number
  readonly nextAtMs?: number
  readonly blockers: [string, string][]
  readonly who: string[]
  /** Further open reasons beside this one. */
  readonly more: number
}

/** Order of urgency: what an operator should see first when several steps are open. */
const RANK: readonly Reason['code'][] = [
  'INCIDENT',
  'NOBODY',
  'PERSON',
  'RETRY',
  'CALLBACK',
  'MESSAGE',
  'CHILD',
  'TASK',
  'TIMER',
  'CODE',
  'JOIN',
]

/** The reason shown for an instance; undefined when it has ended. `canAnswer` tells whether a person or group can decide. */
export const whyOf = (state: State, program: Program | undefined, canAnswer: (who: Principal) => boolean): Reason | undefined => {
  if (isFinal(state.status)) return undefined
  const base = { params: {}, blockers: [], who: [], more: 0 }
  switch (state.status) {
    case 'SCHEDULED':
      return {
        ...base,
        code: 'SCHEDULED',
        sinceMs: state.createdAtMs,
        ...(state.startAtMs === undefined ? {} : { nextAtMs: state.startAtMs }),
      }
    case 'QUEUED':
      return { ...base, code: 'QUEUED', sinceMs: state.queuedAtMs ?? state.createdAtMs, params: { locks: [...state.locks] } }
    case 'SUSPENDED':
      return {
        ...base,
        code: 'SUSPENDED',
        sinceMs: state.stoppedAtMs ?? state.createdAtMs,
        params: state.reason === undefined ? {} : { reason: state.reason },
      }
    case 'CANCELLING':
      return {
        ...base,
        code: 'CANCELLING',
        sinceMs: state.stoppedAtMs ?? state.createdAtMs,
        ...(state.cancelByMs === undefined ? {} : { nextAtMs: state.cancelByMs }),
      }
    default:
      return running(state, program, canAnswer)
  }
}

const running = (state: State, program: Program | undefined, canAnswer: (who: Principal) => boolean): Reason => {
  const base = { blockers: [], who: [], more: 0 }
  if (state.incident !== undefined) {
    const { code, message, atMs } = state.incident
    return { ...base, code: 'INCIDENT', sinceMs: atMs, params: { code, message } }
  }
  const reasons = Object.values(state.steps).map((step) => reasonOf(state, step, program, canAnswer))
  reasons.sort((a, b) => RANK.indexOf(a.code) - RANK.indexOf(b.code) || a.sinceMs - b.sinceMs)
  const [first] = reasons
  if (first !== undefined) return { ...first, more: reasons.length - 1 }
  if (state.code?.delivering !== undefined) return { ...base, code: 'CODE', sinceMs: state.startedAtMs ?? state.createdAtMs, params: {} }
  return { ...base, code: 'STALE', sinceMs: state.startedAtMs ?? state.createdAtMs, params: {} }
}

const titleOf = (program: Program | undefined, node: string): string => {
  if (program?.kind !== 'graph') return node
  const index = program.net.indexOf.get(node)
  return (index === undefined ? undefined : program.model.nodes[index]?.title) ?? node
}

/** Why one open step waits. */
export const reasonOf = (state: State, step: Step, program: Program | undefined, canAnswer: (who: Principal) => boolean): Reason => {
  const base = { sinceMs: step.openedAtMs, blockers: [] as [string, string][], who: [] as string[], more: 0 }
  const title = titleOf(program, step.node)
  const params: { [name: string]: JsonValue } = { node: step.node, title, step: step.n }
  if (step.incident !== undefined) {
    const { code, message, atMs } = step.incident
    return { ...base, code: 'INCIDENT', sinceMs: atMs, params: { ...params, code, message } }
  }
  const { wait } = step
  switch (wait.kind) {
    case 'work-item': {
      const who = askedOf(wait)
      const code = who.some(canAnswer) ? 'PERSON' : 'NOBODY'
      return {
        ...base,
        code,
        who: [...who],
        params: { ...params, item: wait.title },
        blockers: [['work-item', `${state.id}.${step.n}`]],
        ...(wait.dueAtMs === undefined ? {} : { nextAtMs: wait.dueAtMs }),
      }
    }
    case 'task': {
      if (wait.retryAtMs !== undefined && isPolling(wait)) return { ...base, code: 'TIMER', nextAtMs: wait.retryAtMs, params }
      const attempts = policyFor(step, program)
      if (wait.retryAtMs !== undefined)
        return {
          ...base,
          code: 'RETRY',
          nextAtMs: wait.retryAtMs,
          params: { ...params, task: wait.task, attempt: wait.attempt + 1, attempts, ...(wait.asked === undefined ? {} : { asked: true }) },
        }
      if (wait.awaitsCallback === true) return { ...base, code: 'CALLBACK', params: { ...params, task: wait.task } }
      return { ...base, code: 'TASK', params: { ...params, task: wait.task, attempt: wait.attempt, attempts } }
    }
    case 'timer':
      return { ...base, code: 'TIMER', nextAtMs: wait.dueAtMs, params }
    case 'message':
      return {
        ...base,
        code: 'MESSAGE',
        params: { ...params, message: wait.name, ...(wait.key === undefined ? {} : { key: wait.key }) },
        ...(wait.dueAtMs === undefined ? {} : { nextAtMs: wait.dueAtMs }),
      }
    case 'callback':
      return { ...base, code: 'CALLBACK', params }
    case 'child':
      return { ...base, code: 'CHILD', params: { ...params, workflow: wait.workflow }, blockers: [['instance', wait.child]] }
  }
}

const policyFor = (step: Step, program: Program | undefined): number => {
  if (step.wait.kind !== 'task') return DEFAULT_RETRY.attempts
  const node = program?.kind === 'graph' ? program.model.nodes.find((each) => each.id === step.node) : undefined
  return policyOf({ ...step, wait: step.wait }, node).attempts
}
