import type { Finding } from '../problem.ts'
import { at, type Checked, error, type ModelRule } from './rule.ts'

/** Every node lies on a path from the start to an end. */
export const pathsRule: ModelRule = (checked) => {
  const { model, net } = checked
  // A node that does not say where it goes on is reported as that, and only as that.
  const ends = model.nodes.flatMap((node, i) => (node.type === 'end' || (net.outgoing[i] ?? []).length === 0 ? [i] : []))
  const reached = walk([net.start], (node) => (net.outgoing[node] ?? []).map((edge) => net.edges[edge]?.to ?? 0))
  const ending = walk(ends, (node) => (net.incoming[node] ?? []).map((edge) => net.edges[edge]?.from ?? 0))
  const isEndReached = model.nodes.some((node, i) => node.type === 'end' && reached.has(i))
  return model.nodes.flatMap((node, i): readonly Finding[] => {
    // That no end is reached is told once, at the nodes that lead nowhere.
    if (!reached.has(i)) return node.type === 'end' && !isEndReached ? [] : [unreachable(checked, i)]
    if (ending.has(i) || node.type === 'start') return []
    const hint = 'Lead a way out of the loop to end.'
    return [error('NODE_NO_WAY_OUT', { ...at(node), message: `No path leads from ${node.id} to an end.`, hint })]
  })
}

function unreachable({ model, net }: Checked, index: number): Finding {
  const node = model.nodes[index]
  if (node === undefined) throw new Error(`No node ${index}`)
  const isLed = (net.incoming[index] ?? []).length > 0
  const message = isLed ? `No path from the start leads to ${node.id}.` : `Nothing leads to ${node.id}.`
  return error('NODE_UNREACHABLE', { ...at(node), message, hint: 'Lead a transition to it, or remove it.' })
}

function walk(from: readonly number[], next: (node: number) => readonly number[]): ReadonlySet<number> {
  const seen = new Set(from)
  for (const node of seen) for (const to of next(node)) seen.add(to)
  return seen
}
