/**
 * Random ticks of some instances, valid by construction: each fact is one the state allows. They mean nothing as workflows, which is the point: a store must not
 * care what a host decides.
 */
import type { FactBody, Principal, State, Status, Step, Wait } from '@millrace/kernel'
import type { CommitBatch, InstanceChange } from '@millrace/protocol'
import fc from 'fast-check'
import { type Story, tell } from './story.ts'

/** One batch as a host would commit it. */
export type RandomTick = CommitBatch

/** What happens to one instance in a tick: which, what, and chance for the details. */
interface Move {
  readonly instance: number
  readonly choice: number
  readonly detail: number
}

const INSTANCES = 4

/** Up to `maxTicks` ticks of up to four instances in two workspaces. */
export const randomTicks = (options: { readonly maxTicks?: number } = {}): fc.Arbitrary<readonly RandomTick[]> => {
  const move = fc.record({ instance: fc.nat(INSTANCES - 1), choice: fc.nat(99), detail: fc.nat(999) })
  const tick = fc.array(move, { minLength: 1, maxLength: INSTANCES })
  return fc.array(tick, { minLength: 1, maxLength: options.maxTicks ?? 40, size: 'max' }).map(play)
}

const play = (ticks: readonly (readonly Move[])[]): readonly RandomTick[] => {
  const stories = new Map<number, Story>()
  return ticks.map((moves, index) => {
    const atMs = 1_000 * (index + 1)
    const changes: InstanceChange[] = []
    for (const move of moves) {
      const isTwice = changes.some((change) => change.after.id === stories.get(move.instance)?.id)
      if (isTwice) continue
      const story = stories.get(move.instance)
      if (story === undefined) {
        const begun = begin(move)
        stories.set(move.instance, begun)
        changes.push(begun.tick(atMs))
        continue
      }
      const facts = happen(story.state, move, atMs)
      if (facts.length > 0) changes.push(story.tick(atMs, ...facts))
    }
    return { atMs, changes }
  })
}

const pick = <T>(list: readonly T[], chance: number): T => list[chance % list.length] as T

const PEOPLE = ['ana', 'bo', 'cy'] as const
const CANDIDATES: readonly (readonly Principal[])[] = [
  ['group:editors'],
  ['user:bo'],
  ['group:editors', 'group:chiefs'],
  ['user:cy', 'group:editors'],
  ['group:chiefs'],
]

const begin = ({ instance, choice, detail }: Move): Story => {
  const status = pick(['RUNNING', 'RUNNING', 'RUNNING', 'QUEUED', 'SCHEDULED'] as const, choice)
  return tell(instance + 1, {
    workspace: pick(['default', 'default', 'other'], detail),
    workflow: pick(['publish', 'pay'], choice),
    version: (detail % 2) + 1,
    kind: pick(['graph', 'graph', 'code'] as const, detail),
    payload: pick([{ kind: 'none' }, { kind: 'path', ref: '/a' }, { kind: 'json', json: { a: [1, null] } }] as const, choice),
    status,
    by: pick(PEOPLE, detail),
    ...(status === 'SCHEDULED' ? { startAtMs: 50_000 + detail } : {}),
    ...(choice % 4 === 0 ? { locks: pick([['printer'], ['system'], ['printer', 'deployment:web']], detail) } : {}),
    ...(choice % 5 === 0 ? { data: { amount: detail % 3 } } : {}),
    ...(choice % 7 === 0 ? { priority: detail % 100 } : {}),
  })
}

const happen = (state: State, move: Move, atMs: number): readonly FactBody[] => {
  const { choice, detail } = move
  switch (state.status) {
    case 'SCHEDULED':
    case 'QUEUED':
      return choice < 80 ? [{ t: 'admitted' }] : [{ t: 'ended', status: 'ABORTED', by: 'root' }]
    case 'SUSPENDED':
      return choice < 60 ? [{ t: 'resumed', by: 'root' }] : [{ t: 'data', data: { seen: detail }, by: 'root' }]
    case 'CANCELLING':
      return end(state, 'ABORTED')
    case 'COMPLETED':
    case 'FAILED':
    case 'ABORTED': {
      const status = detail % 4 === 0 ? 'QUEUED' : 'RUNNING'
      return choice < 15 ? [{ t: 'restarted', run: state.run + 1, status, data: { again: detail }, by: 'root' }] : []
    }
    case 'RUNNING':
      return run(state, move, atMs)
  }
}

const run = (state: State, { choice, detail }: Move, atMs: number): readonly FactBody[] => {
  const steps = Object.values(state.steps)
  if (choice < 4) return [{ t: 'suspended', by: 'root', reason: 'look' }]
  if (choice < 7) return [{ t: 'cancelling', untilMs: atMs + 30_000, by: 'root' }]
  if (choice < 12) return end(state, pick(['COMPLETED', 'FAILED', 'ABORTED'] as const, detail))
  if (choice < 17) return [{ t: 'data', data: { amount: detail % 3 }, by: 'root' }]
  if (choice < 24 && state.kind === 'code' && state.incident === undefined) {
    return [{ t: 'incident', error: { code: 'RUNNER_KILLED', message: `Killed ${detail} times` } }]
  }
  if (state.incident !== undefined && choice < 50) return [{ t: 'incident-resolved', how: 'retried', by: 'root' }]
  const step = steps[detail % Math.max(1, steps.length)]
  if (step === undefined || choice < 38) return openSteps(state, detail, atMs)
  return work(step, { choice, detail }, atMs)
}

const end = (state: State, status: Extract<Status, 'COMPLETED' | 'FAILED' | 'ABORTED'>): readonly FactBody[] => [
  ...Object.values(state.steps).map((step): FactBody => ({ t: 'withdrawn', step: step.n, reason: 'The run is over.' })),
  { t: 'ended', status, ...(status === 'COMPLETED' ? { output: { ok: true } } : {}) },
]

const openSteps = (state: State, detail: number, atMs: number): readonly FactBody[] => {
  const isWide = detail % 11 === 0
  return Array.from({ length: isWide ? 5 : 1 }, (_, index): readonly FactBody[] => {
    const step = state.lastStep + 1 + index
    const opened: FactBody = {
      t: 'opened',
      step,
      node: pick(['review', 'charge', 'rest'], detail + index),
      wait: wait(detail + index, atMs),
      ...(detail % 3 === 0 ? { timers: [{ timeout: 0, dueAtMs: atMs + 7_000 }] } : {}),
    }
    return detail % 13 === 0 ? [opened, { t: 'closed', step, output: null }] : [opened]
  }).flat()
}

const wait = (detail: number, atMs: number): Wait => {
  switch (detail % 8) {
    case 0:
    case 1:
      return { kind: 'task', task: 'log', attempt: 1, input: { detail } }
    case 2:
      return { kind: 'timer', dueAtMs: atMs + 5_000 }
    case 3:
      return { kind: 'message', name: 'paid', ...(detail % 2 === 0 ? {} : { key: `k${detail % 3}` }) }
    case 4:
      return detail % 16 === 4 ? { kind: 'callback' } : { kind: 'child', child: '0193e3a0-0000-7000-8000-0000000000ff', workflow: 'pay' }
    default:
      return {
        kind: 'work-item',
        title: `Item ${detail}`,
        candidates: pick(CANDIDATES, detail),
        priority: pick([10, 50, 50, 90], detail),
        version: 1,
        ...(detail % 5 === 0 ? { assignee: pick(PEOPLE, detail) } : {}),
        ...(detail % 3 === 0 ? { dueAtMs: atMs + (detail % 7) * 1_000 } : {}),
        ...(detail % 4 === 0 ? { excluded: [{ user: pick(PEOPLE, detail + 1), reason: 'Four eyes.' }] } : {}),
      }
  }
}

const FAILURE = { code: 'TASK_FAILED', message: 'No answer after 30 s' }

const work = (step: Step, { choice, detail }: { readonly choice: number; readonly detail: number }, atMs: number): readonly FactBody[] => {
  const { n } = step
  const person = { by: pick(PEOPLE, detail), ...(detail % 6 === 0 ? { for: pick(PEOPLE, detail + 1) } : {}) }
  if (step.incident !== undefined) {
    return [
      { t: 'incident-resolved', step: n, how: 'retried', by: 'root' },
      ...(step.wait.kind === 'task' ? [{ t: 'attempt-started', step: n, attempt: step.wait.attempt + 1 } as const] : []),
    ]
  }
  if (choice < 42) return [{ t: 'withdrawn', step: n, reason: 'Not needed.' }]
  if (choice < 48 && step.timers?.length === 1)
    return [
      { t: 'timed-out', step: n, timeout: 0, timers: [] },
      { t: 'reminded', step: n },
    ]
  if (step.wait.kind === 'work-item' && choice < 85) {
    const facts: readonly (readonly FactBody[])[] = [
      [step.wait.assignee === undefined ? { t: 'claimed', step: n, ...person } : { t: 'unclaimed', step: n, ...person }],
      [{ t: 'assigned', step: n, how: 'delegated', assignee: pick(PEOPLE, detail), candidates: pick(CANDIDATES, detail), ...person }],
      [{ t: 'assigned', step: n, how: 'escalated', candidates: pick(CANDIDATES, detail + 1), priority: 90 }],
      [{ t: 'commented', step: n, text: 'Look at this', ...person }],
    ]
    return pick(facts, detail)
  }
  if (step.wait.kind === 'task' && choice < 75) {
    if (step.wait.retryAtMs !== undefined) return [{ t: 'attempt-started', step: n, attempt: step.wait.attempt + 1 }]
    const failed: FactBody = { t: 'attempt-failed', step: n, attempt: step.wait.attempt, error: FAILURE }
    return detail % 2 === 0 ? [{ ...failed, retryAtMs: atMs + 3_000 }] : [failed, { t: 'incident', step: n, error: FAILURE }]
  }
  const closed: FactBody = { t: 'closed', step: n, output: { detail }, ...(detail % 2 === 0 ? { data: { amount: detail % 3 } } : {}) }
  return [step.wait.kind === 'work-item' ? { ...closed, ...person, route: 'approve' } : closed]
}
