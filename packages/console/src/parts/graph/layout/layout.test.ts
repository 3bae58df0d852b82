import { mutatedModel, soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Graph, graphOfModel } from '../graph.ts'
import { type BlockLayout, layout } from './layout.ts'
import type { Corner } from './plan.ts'

const anyGraph = fc.oneof(soundModel({ maxDepth: 4 }).map(graphOfModel), mutatedModel().map(graphOfModel), looseGraph())

/** Anything at all: nodes nobody reaches, loops entered twice, edges to itself, edges twice. */
function looseGraph(): fc.Arbitrary<Graph> {
  return fc.integer({ min: 1, max: 14 }).chain((count) =>
    fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 }).map((pairs) => ({
      nodes: Array.from(
        { length: count },
        (_, i) => ({ id: `n${i}`, title: `Node ${i}`, type: i % 3 === 0 ? 'process' : 'or-split' }) as const,
      ),
      edges: pairs.map(([from, to], i) => ({
        id: `e${i}`,
        from: `n${from}`,
        to: `n${to}`,
        ...(i % 4 === 0 ? { label: `words ${i}` } : {}),
      })),
    })),
  )
}

describe('layout', () => {
  test('gives every node a place of its own', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { nodes, width, height } = layout(graph)
        expect(nodes.size).toBe(graph.nodes.length)
        const boxes = [...nodes.values()]
        for (const [i, a] of boxes.entries()) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true)
          for (const b of boxes.slice(i + 1)) {
            const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
            expect(isApart).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('routes every edge from its node to the other, in horizontal and vertical pieces', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const drawn = layout(graph)
        for (const edge of graph.edges) {
          const corners = drawn.edgePoints.get(edge.id) ?? []
          expect(corners.length).toBeGreaterThanOrEqual(2)
          for (const [a, b] of pieces(corners)) expect(a.x === b.x || a.y === b.y).toBe(true)
          expect(isOnBorder(corners[0], drawn, edge.from)).toBe(true)
          expect(isOnBorder(corners.at(-1), drawn, edge.to)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('leads no edge across a node', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const drawn = layout(graph)
        for (const edge of graph.edges) {
          for (const [a, b] of pieces(drawn.edgePoints.get(edge.id) ?? [])) {
            for (const [id, box] of drawn.nodes) {
              const isClear =
                Math.max(a.x, b.x) <= box.x ||
                Math.min(a.x, b.x) >= box.x + box.width ||
                Math.max(a.y, b.y) <= box.y ||
                Math.min(a.y, b.y) >= box.y + box.height
              if (!isClear) throw new Error(`Edge ${edge.from} → ${edge.to} crosses ${id}.`)
            }
          }
        }
      }),
      { numRuns: 600 },
    )
  })

  test('lets two lines share a piece only where they come from one node or lead to one', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const drawn = layout(graph)
        for (const [i, one] of graph.edges.entries()) {
          for (const other of graph.edges.slice(i + 1)) {
            if (one.from === other.from || one.to === other.to) continue
            const shared = overlap(drawn.edgePoints.get(one.id) ?? [], drawn.edgePoints.get(other.id) ?? [])
            if (shared > 0) throw new Error(`${one.from} → ${one.to} runs ${shared} px on ${other.from} → ${other.to}.`)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

function pieces(corners: readonly Corner[]): readonly (readonly [Corner, Corner])[] {
  return corners.slice(1).flatMap((corner, i) => {
    const before = corners[i]
    return before === undefined ? [] : [[before, corner] as const]
  })
}

function isOnBorder(corner: Corner | undefined, drawn: BlockLayout, id: string): boolean {
  const box = drawn.nodes.get(id)
  if (corner === undefined || box === undefined) return false
  const isBeside = corner.x === box.x || corner.x === box.x + box.width
  const isUnder = corner.y === box.y || corner.y === box.y + box.height
  return (
    (isBeside && corner.y >= box.y && corner.y <= box.y + box.height) || (isUnder && corner.x >= box.x && corner.x <= box.x + box.width)
  )
}

function overlap(one: readonly Corner[], other: readonly Corner[]): number {
  let most = 0
  for (const [a, b] of pieces(one)) {
    for (const [c, d] of pieces(other)) {
      if (a.x === b.x && c.x === d.x && a.x === c.x) most = Math.max(most, common(a.y, b.y, c.y, d.y))
      if (a.y === b.y && c.y === d.y && a.y === c.y) most = Math.max(most, common(a.x, b.x, c.x, d.x))
    }
  }
  return most
}

function common(a: number, b: number, c: number, d: number): number {
  return Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d))
}
