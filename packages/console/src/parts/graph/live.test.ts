import { describe, expect, test } from 'vitest'
import { blocksOf, foldBlocks } from './blocks.ts'
import { graphOf } from './graph.fixture.ts'
import { focusOf, foldLive, liveOfInstance } from './live.ts'

const graph = graphOf('start>fork fork>a fork>b a>all b>all all>end', { fork: 'and-split', all: 'and-join' })
const step = { title: '', openedAtMs: 0 }
const failure = { code: 'X', message: 'no', atMs: 1 }

describe('live graph', () => {
  test('shows each open step as the shape of what it waits for, the most urgent first', () => {
    const live = liveOfInstance(
      {
        status: 'RUNNING',
        steps: [
          { ...step, step: 3, node: 'a', waits: 'work-item' },
          { ...step, step: 4, node: 'a', waits: 'task', incident: failure },
          { ...step, step: 5, node: 'b', waits: 'task', retryAtMs: 9 },
          { ...step, step: 6, node: 'b', waits: 'timer' },
        ],
        tokens: { 'a>all': 1 },
        passes: { start: 1, fork: 1 },
      },
      graph,
      new Set(['0']),
    )
    expect(live.tokens.get('a')).toEqual([
      { mark: 'incident', count: 1 },
      { mark: 'person', count: 1 },
    ])
    expect(live.tokens.get('b')).toEqual([{ mark: 'timer', count: 2 }])
    expect([...live.resting]).toEqual([['3', 1]])
    expect(focusOf(live, graph)).toBe('a')
  })

  test('of a suspended instance shows no step as going on', () => {
    const live = liveOfInstance(
      { status: 'SUSPENDED', steps: [{ ...step, step: 2, node: 'a', waits: 'task' }], tokens: {}, passes: {} },
      graph,
    )
    expect(live.tokens.get('a')).toEqual([{ mark: 'suspended', count: 1 }])
  })

  test('hides no token in a folded block', () => {
    const folded = foldBlocks(graph, blocksOf(graph), new Set(['fork']))
    const live = liveOfInstance(
      {
        status: 'RUNNING',
        steps: [
          { ...step, step: 2, node: 'a', waits: 'work-item' },
          { ...step, step: 3, node: 'b', waits: 'work-item' },
        ],
        tokens: { 'a>all': 1, 'b>all': 1 },
        passes: {},
      },
      graph,
      new Set(['2']),
    )
    const shown = foldLive(live, folded)
    expect([...shown.tokens]).toEqual([['block:fork', [{ mark: 'person', count: 2 }]]])
    expect([...shown.resting]).toEqual([['3', 2]])
    expect([...shown.passed]).toEqual(['1'])
    expect(focusOf(shown, folded)).toBe('block:fork')
  })
})
