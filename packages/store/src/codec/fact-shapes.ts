/**
 * The disk format of facts: one row per tick, a JSON list with one list per fact, `[type, …what it must say, { …what it may say }]`. A one-step instance writes
 * two such rows, so every letter counts, and nothing is written that the row or its instance says already.
 *
 * The order of `SHAPES` and of the keys in each is the format: append, never change.
 */
import type { FactType, ParentRef, Payload, State } from '@millrace/kernel'
import type { StepContext } from '../projections/context.ts'

export interface Shape {
  readonly t: FactType
  readonly keys: readonly string[]
}

/** Place in this list = number of the type on disk; `keys` are written in this order, without their names. */
export const SHAPES: readonly Shape[] = [
  { t: 'created', keys: [] },
  { t: 'queued', keys: [] },
  { t: 'admitted', keys: [] },
  { t: 'suspended', keys: [] },
  { t: 'resumed', keys: [] },
  { t: 'cancelling', keys: ['untilMs'] },
  { t: 'ended', keys: ['status'] },
  { t: 'restarted', keys: ['run', 'status', 'data'] },
  { t: 'passed', keys: ['node', 'in', 'out'] },
  { t: 'cleared', keys: ['edges'] },
  { t: 'opened', keys: ['step', 'node', 'wait'] },
  { t: 'turned', keys: ['step', 'wait'] },
  { t: 'closed', keys: ['step'] },
  { t: 'withdrawn', keys: ['step', 'reason'] },
  { t: 'attempt-failed', keys: ['step', 'attempt', 'error'] },
  { t: 'attempt-started', keys: ['step', 'attempt'] },
  { t: 'attempt-returned', keys: ['step', 'attempt'] },
  { t: 'callback', keys: ['step', 'body'] },
  { t: 'incident', keys: ['error'] },
  { t: 'incident-resolved', keys: ['how'] },
  { t: 'claimed', keys: ['step'] },
  { t: 'unclaimed', keys: ['step'] },
  { t: 'assigned', keys: ['step', 'how', 'candidates'] },
  { t: 'commented', keys: ['step', 'text'] },
  { t: 'reminded', keys: ['step'] },
  { t: 'timed-out', keys: ['step', 'timeout', 'timers'] },
  { t: 'data', keys: ['data'] },
  { t: 'message', keys: ['name', 'body'] },
  { t: 'held', keys: ['input'] },
  { t: 'released', keys: [] },
  { t: 'logged', keys: ['call', 'message'] },
  { t: 'published', keys: ['call', 'name', 'body'] },
  { t: 'withdrew', keys: ['call', 'calls'] },
  { t: 'continued', keys: ['call', 'input'] },
  { t: 'ran', keys: [] },
  { t: 'runner-killed', keys: ['kills', 'reason'] },
]

/** Kinds of wait, as a digit before the node in a row's context. */
export const WAITS: readonly StepContext['waits'][] = ['task', 'work-item', 'timer', 'message', 'callback', 'child']

/** What the instance's own row says, so that its `created` fact need not. */
export interface RowInstance {
  readonly id: string
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly kind: State['kind']
  readonly title: string
  readonly initiator: string
  readonly payload: Payload
  readonly locks: readonly string[]
  readonly parent?: ParentRef
}
