import { expect, it } from 'vitest'
import { createTimelineFold, criticalSteps, type Fact } from './index.ts'

const opened = (at: number, step: number, node: string): Fact => ({
  at,
  t: 'opened',
  step,
  node,
  wait: { kind: 'task', task: 'log', attempt: 1 },
})
const closed = (at: number, step: number): Fact => ({ at, t: 'closed', step })

const timelineOf = (facts: Iterable<Fact>) => {
  const fold = createTimelineFold()
  fold.add(facts)
  return fold.rows()
}

it('splits the time of a step by what it went to', () => {
  const rows = timelineOf([
    opened(0, 1, 'charge'),
    { at: 10, t: 'attempt-failed', step: 1, attempt: 1, error: { code: 'X', message: 'x' }, retryAtMs: 100 },
    { at: 100, t: 'attempt-started', step: 1, attempt: 2 },
    { at: 120, t: 'incident', step: 1, error: { code: 'X', message: 'x' } },
    { at: 500, t: 'turned', step: 1, wait: { kind: 'task', task: 'log', attempt: 3 } },
    closed(510, 1),
  ])
  expect(rows).toEqual([
    {
      step: 1,
      node: 'charge',
      run: 1,
      end: 'closed',
      spans: [
        { cause: 'compute', fromMs: 0, toMs: 10 },
        { cause: 'retry', fromMs: 10, toMs: 100 },
        { cause: 'compute', fromMs: 100, toMs: 120 },
        { cause: 'incident', fromMs: 120, toMs: 500 },
        { cause: 'compute', fromMs: 500, toMs: 510 },
      ],
    },
  ])
})

it('gives the same rows whether the facts come at once or as they happen', () => {
  const facts: readonly Fact[] = [opened(0, 1, 'a'), closed(5, 1), opened(5, 2, 'b'), { at: 7, t: 'withdrawn', step: 2, reason: 'x' }]
  const fold = createTimelineFold()
  for (const fact of facts) fold.add([fact])
  expect(fold.rows()).toEqual(timelineOf(facts))
})

it('finds the steps that made it take as long as it did: of two branches the slow one', () => {
  const rows = timelineOf([
    opened(0, 1, 'begin'),
    closed(10, 1),
    opened(10, 2, 'quick'),
    opened(10, 3, 'slow'),
    closed(20, 2),
    closed(90, 3),
    opened(90, 4, 'last'),
    closed(100, 4),
  ])
  expect([...criticalSteps(rows)].sort((a, b) => a - b)).toEqual([1, 3, 4])
})

it('of an instance that goes on, the way leads to the step that has waited longest', () => {
  const rows = timelineOf([
    opened(0, 1, 'a'),
    closed(10, 1),
    opened(10, 2, 'waits'),
    opened(12, 3, 'other'),
    closed(50, 3),
    opened(50, 4, 'later'),
  ])
  expect([...criticalSteps(rows)].sort((a, b) => a - b)).toEqual([1, 2])
})

it('steps that begin and end in one millisecond keep their order', () => {
  const rows = timelineOf([opened(5, 1, 'a'), closed(5, 1), opened(5, 2, 'b'), closed(5, 2), opened(5, 3, 'c'), closed(5, 3)])
  expect([...criticalSteps(rows)].sort((a, b) => a - b)).toEqual([1, 2, 3])
})
