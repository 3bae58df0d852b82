/** To and from the form of elkjs, for graphs that are no nested blocks. Types only: the 1.5 MB of elk run in a worker. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { Graph } from '../graph.ts'
import type { Layout } from './layout.ts'
import type { Corner } from './plan.ts'
import { shapeOf } from './sequence.ts'
import { labelWidth, sizeOf } from './size.ts'

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  // Loops run round their nodes instead of coming in from below.
  'elk.layered.feedbackEdges': 'true',
  // Which edge of a loop is the way back is decided by the order below, as in our own drawing.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  // The order of the branches is the author's.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
}

export function toElk(graph: Graph): ElkNode {
  const order = new Map(shapeOf(graph).structure.vertices.map((vertex) => [graph.nodes[vertex.index], vertex.order]))
  const nodes = graph.nodes.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  return {
    id: '/',
    layoutOptions: OPTIONS,
    children: nodes.map((node) => {
      const isEnd = node.type === 'start' || node.type === 'end'
      const layer = node === graph.nodes[0] ? 'FIRST' : 'NONE'
      return { id: `n${node.id}`, ...sizeOf(node), ...(isEnd ? { layoutOptions: { 'elk.layered.layering.layerConstraint': layer } } : {}) }
    }),
    edges: graph.edges.map((edge) => ({
      id: `e${edge.id}`,
      sources: [`n${edge.from}`],
      targets: [`n${edge.to}`],
      ...(edge.label === undefined ? {} : { labels: [{ text: '', width: labelWidth(edge.label), height: 14 }] }),
    })),
  }
}

/** elk's answer. Undefined when it lacks a place for something, which only a defect of elk can cause. */
export function fromElk(graph: Graph, answer: ElkNode): Layout | undefined {
  const nodes = new Map(
    (answer.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [id.slice(1), { x, y, width, height }] as const),
  )
  const edgePoints = new Map((answer.edges ?? []).map((edge) => [edge.id.slice(1), cornersOf(edge)] as const))
  const isWhole =
    graph.nodes.every((node) => nodes.has(node.id)) && graph.edges.every((edge) => (edgePoints.get(edge.id)?.length ?? 0) >= 2)
  return isWhole ? { nodes, edgePoints, width: answer.width ?? 0, height: answer.height ?? 0 } : undefined
}

function cornersOf(edge: ElkExtendedEdge): readonly Corner[] {
  return (edge.sections ?? [])
    .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
    .map(({ x, y }) => ({ x, y }))
}
