import { soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { graphOfModel } from './graph.ts'
import { type OutlineNode, outlineOf } from './outline.ts'

describe('outline', () => {
  test('nests branches under the node they leave, and goes on after where they meet', () => {
    const graph = graphOf('start>pick pick>a[yes] pick>b[no] a>met b>met met>end', { met: 'or-join' })
    expect(outlineOf(graph)).toEqual([
      node('start'),
      node('pick', {
        branches: [
          { label: 'yes', nodes: [node('a')] },
          { label: 'no', nodes: [node('b')] },
        ],
      }),
      node('met'),
      node('end'),
    ])
  })

  test('names where a loop leads back and where a branch leaves early', () => {
    const graph = graphOf(
      'start>review review>publish[yes] review>rework[no] rework>review publish>check check>announce check>end[stop] announce>end',
    )
    expect(outlineOf(graph)).toEqual([
      node('start'),
      node('review', { branches: [{ label: 'no', nodes: [node('rework', { leads: [{ to: 'review', isBack: true }] })] }] }),
      node('publish'),
      node('check', { leads: [{ to: 'end', label: 'stop', isBack: false }] }),
      node('announce'),
      node('end'),
    ])
  })

  test('lists every node once and tells every edge: by order, by nesting or by name', () => {
    fc.assert(
      fc.property(soundModel({ maxDepth: 3 }).map(graphOfModel), (graph) => {
        const told = new Set<string>()
        const listed: string[] = []
        walk(outlineOf(graph), undefined, { told, listed })
        expect(listed.toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted())
        for (const { from, to } of graph.edges) expect(told).toContain(`${from}>${to}`)
      }),
      { numRuns: 300 },
    )
  })
})

function node(id: string, more: Partial<OutlineNode> = {}): OutlineNode {
  return { id, leads: [], branches: [], ...more }
}

/** What a listener hears: each node leads to its branches' first nodes, to what it names, or to the next of the list. */
function walk(
  list: readonly OutlineNode[],
  after: string | undefined,
  heard: { readonly told: Set<string>; readonly listed: string[] },
): void {
  list.forEach((item, i) => {
    const next = list[i + 1]?.id ?? after
    heard.listed.push(item.id)
    heard.told.add(`${item.id}>${next}`)
    for (const lead of item.leads) heard.told.add(`${item.id}>${lead.to}`)
    for (const branch of item.branches) {
      heard.told.add(`${item.id}>${branch.nodes[0]?.id ?? branch.joins ?? next}`)
      walk(branch.nodes, next, heard)
    }
  })
}
