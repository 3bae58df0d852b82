import type { HistoryEntry } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { passedEdges } from './passed-edges.ts'
import { stepsOf } from './steps-of.ts'

const history = (...facts: readonly (Partial<HistoryEntry> & Pick<HistoryEntry, 'type'>)[]): readonly HistoryEntry[] =>
  facts.map((fact, at) => ({ seq: at + 1, atMs: (at + 1) * 1_000, run: 1, details: {}, ...fact }))

test('a task that failed, was tried again and succeeded tells each of its tries', () => {
  const [step] = stepsOf(
    history(
      { type: 'opened', step: 1, node: 'pay', details: { wait: { kind: 'task', task: 'http.request', attempt: 1, input: { amount: 5 } } } },
      { type: 'attempt-failed', step: 1, details: { attempt: 1, error: { code: 'HTTP_STATUS', message: '503' }, retryAtMs: 3_000 } },
      { type: 'attempt-started', step: 1, details: { attempt: 2 } },
      { type: 'closed', step: 1, details: { output: { ok: true } } },
    ),
  )
  expect(step?.attempts).toEqual([
    { number: 1, fromMs: 1_000, toMs: 2_000, error: { code: 'HTTP_STATUS', message: '503' }, retryAtMs: 3_000 },
    { number: 2, fromMs: 3_000, toMs: 4_000, output: { ok: true } },
  ])
  expect(step).toMatchObject({ end: 'closed', input: { amount: 5 }, output: { ok: true }, task: 'http.request' })
})

test('an incident is an error of the step until somebody resolves it', () => {
  const facts = history(
    { type: 'opened', step: 1, node: 'pay', details: { wait: { kind: 'task', task: 'pay', attempt: 1 } } },
    { type: 'attempt-failed', step: 1, details: { attempt: 1, error: { code: 'DOWN', message: 'no answer' } } },
    { type: 'incident', step: 1, details: { error: { code: 'DOWN', message: 'no answer' } } },
    { type: 'incident-resolved', step: 1, by: 'ana', details: { how: 'retried' } },
  )
  expect(stepsOf(facts.slice(0, 3))[0]?.error).toEqual({ code: 'DOWN', message: 'no answer' })
  expect(stepsOf(facts)[0]?.error).toBeUndefined()
})

test('a decision tells who decided, on whose behalf, by which route, and what data it set', () => {
  const [step] = stepsOf(
    history(
      { type: 'opened', step: 2, node: 'review', details: { wait: { kind: 'work-item', title: 'Review /home', candidates: [] }, pass: 3 } },
      { type: 'closed', step: 2, by: 'bo', onBehalfOf: 'ana', details: { route: 'reject', comment: 'no', data: { reason: 'blurred' } } },
    ),
  )
  expect(step).toMatchObject({
    waits: 'work-item',
    title: 'Review /home',
    pass: 3,
    by: 'bo',
    onBehalfOf: 'ana',
    route: 'reject',
    data: { reason: 'blurred' },
  })
  expect(step?.attempts).toEqual([])
})

test('skipped, withdrawn and failed steps are not the same as done ones', () => {
  const ends = stepsOf(
    history(
      ...[1, 2, 3].map((step) => ({ type: 'opened', step, node: 'n', details: { wait: { kind: 'timer', dueAtMs: 9 } } })),
      { type: 'closed', step: 1, details: { skipped: true } },
      { type: 'withdrawn', step: 2, details: { reason: 'cancelled' } },
      { type: 'closed', step: 3, details: { error: { code: 'X', message: 'y' } } },
    ),
  ).map(({ end }) => end)
  expect(ends).toEqual(['skipped', 'withdrawn', 'failed'])
})

test('of a step that began before the window of facts nothing is said', () => {
  expect(stepsOf(history({ type: 'closed', step: 1, details: {} }))).toEqual([])
})

test('the edges taken are those of the newest run', () => {
  const facts = history(
    { type: 'passed', node: 'start', details: { in: [], out: [0] } },
    { type: 'restarted', run: 2 },
    { type: 'passed', run: 2, node: 'split', details: { in: [4], out: [5, 6] } },
  )
  expect([...passedEdges(facts)]).toEqual(['4', '5', '6'])
})
