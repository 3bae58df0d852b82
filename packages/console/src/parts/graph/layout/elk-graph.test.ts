import { mutatedModel } from '@millrace/testing/arbitrary-model'
import Elk from 'elkjs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphOf } from '../graph.fixture.ts'
import { graphOfModel } from '../graph.ts'
import { fromElk, toElk } from './elk-graph.ts'

const elk = new Elk()

describe('elk', () => {
  test('gives every node a place and every edge a line that crosses no node', async () => {
    const property = fc.asyncProperty(mutatedModel({ maxDepth: 2 }).map(graphOfModel), async (graph) => {
      const drawn = fromElk(graph, await elk.layout(toElk(graph)))
      if (drawn === undefined) throw new Error('elk left something out.')
      for (const edge of graph.edges) {
        const corners = drawn.edgePoints.get(edge.id) ?? []
        for (const [i, b] of corners.entries()) {
          const a = corners[i - 1]
          if (a === undefined) continue
          expect(Math.min(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeLessThan(0.01)
          for (const box of drawn.nodes.values()) {
            const isClear =
              Math.max(a.x, b.x) <= box.x + 0.01 ||
              Math.min(a.x, b.x) >= box.x + box.width - 0.01 ||
              Math.max(a.y, b.y) <= box.y + 0.01 ||
              Math.min(a.y, b.y) >= box.y + box.height - 0.01
            expect(isClear).toBe(true)
          }
        }
      }
    })
    await fc.assert(property, { numRuns: 60 })
  })

  test('an answer that lacks an edge is none', () => {
    const graph = graphOf('a>b b>c')
    expect(fromElk(graph, { id: '/', children: [{ id: 'na' }, { id: 'nb' }, { id: 'nc' }], edges: [] })).toBeUndefined()
  })
})
