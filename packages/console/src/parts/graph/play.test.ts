import { expect, test } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { playOf } from './play.ts'

test('a play has the beginning, each move with the tokens it left and moved, and the defect', () => {
  const graph = graphOf('start>fork fork>a fork>b a>check check>all[good] check>fork[again] b>all all>end', {
    fork: 'and-split',
    check: 'or-split',
    all: 'and-join',
  })
  const counterexample = {
    node: 'b',
    sentence: 'B would run twice at once.',
    steps: [
      { node: 'start', tokens: [0], sentence: 'It starts.' },
      { node: 'fork', tokens: [1, 2], sentence: 'Both branches go.' },
      { node: 'a', tokens: [2, 3], sentence: 'A is done.' },
    ],
  }
  const { frames } = playOf(graph, counterexample)
  expect(frames.map((frame) => [frame.sentence, frame.lit.node, [...frame.lit.edges], [...frame.live.resting.keys()]])).toEqual([
    ['Start', 'start', [], []],
    ['It starts.', 'start', ['0'], ['0']],
    ['Both branches go.', 'fork', ['1', '2'], ['1', '2']],
    ['A is done.', 'a', ['3'], ['2', '3']],
    ['B would run twice at once.', 'b', [], ['2', '3']],
  ])
  expect(frames.at(-1)?.isDefect).toBe(true)
})
