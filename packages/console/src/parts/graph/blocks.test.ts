import { soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blocksOf, foldBlocks } from './blocks.ts'
import { graphOf } from './graph.fixture.ts'
import { graphOfModel } from './graph.ts'

/** fork holds a | (pick holds b | c, met by joined), met by all. */
const nested = graphOf('start>fork fork>a fork>pick pick>b pick>c b>joined c>joined joined>all a>all all>end', {
  all: 'and-join',
  joined: 'or-join',
})

describe('blocks', () => {
  test('are named by the node that splits, outer ones first', () => {
    expect(blocksOf(nested)).toEqual([
      { split: 'fork', nodes: ['a', 'pick', 'b', 'c', 'joined'] },
      { split: 'pick', nodes: ['b', 'c'] },
    ])
  })

  test('fold into one box that holds their nodes and carries their edges', () => {
    const folded = foldBlocks(nested, blocksOf(nested), new Set(['pick']))
    expect(folded.nodes.map((node) => node.id)).toEqual(['start', 'fork', 'a', 'pick', 'joined', 'all', 'end', 'block:pick'])
    expect(folded.nodes.at(-1)).toEqual({ id: 'block:pick', title: '', type: 'block', holds: ['b', 'c'] })
    const edge = (text: string) => nested.edges.find(({ from, to }) => `${from}>${to}` === text)?.id
    expect(folded.edges.filter((one) => one.carries !== undefined)).toEqual([
      { id: edge('pick>b'), from: 'pick', to: 'block:pick', carries: [edge('pick>b'), edge('pick>c')] },
      { id: edge('b>joined'), from: 'block:pick', to: 'joined', carries: [edge('b>joined'), edge('c>joined')] },
    ])
  })

  test('within a folded block are folded with it', () => {
    const folded = foldBlocks(nested, blocksOf(nested), new Set(['pick', 'fork']))
    expect(folded.nodes.map((node) => node.id)).toEqual(['start', 'fork', 'all', 'end', 'block:fork'])
  })

  test('can be folded in any combination without losing a node or a way', () => {
    fc.assert(
      fc.property(soundModel().map(graphOfModel), fc.array(fc.nat()), (graph, picks) => {
        const blocks = blocksOf(graph)
        const folded = foldBlocks(graph, blocks, new Set(picks.flatMap((pick) => blocks[pick % Math.max(1, blocks.length)]?.split ?? [])))
        const shown = folded.nodes.flatMap((node) => node.holds ?? [node.id])
        expect(shown.toSorted()).toEqual(graph.nodes.map((node) => node.id).toSorted())
        const ids = new Set(folded.nodes.map((node) => node.id))
        expect(folded.edges.every((edge) => ids.has(edge.from) && ids.has(edge.to))).toBe(true)
        const holder = new Map(folded.nodes.flatMap((node) => (node.holds ?? [node.id]).map((id) => [id, node.id] as const)))
        const drawn = new Set(folded.edges.map((edge) => `${edge.from}>${edge.to}`))
        for (const { from, to } of graph.edges) {
          const [a, b] = [holder.get(from), holder.get(to)]
          expect(a === b || drawn.has(`${a}>${b}`)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
