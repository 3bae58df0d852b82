import type { ContainerNode, Node } from '../model.ts'
import { nearest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { at, type Checked, error, type ModelRule, warning } from './rule.ts'

/**
 * Containers start workflows that exist, and none that comes back to this one: that would start instances without end. One that is not there is
 * a warning, as at Sync: of two new workflows one is synced first, and who checks a file may not have the other one.
 */
export const containersRule: ModelRule = (checked) =>
  checked.model.nodes.flatMap((node): readonly Finding[] => {
    if (node.type !== 'container' || node.workflow === '') return []
    const circle = circleFrom(checked, node)
    if (circle !== undefined) {
      const way = [checked.model.id, ...circle].join(' → ')
      const hint = 'Lead back inside the model with a loop instead.'
      return [error('CONTAINER_CYCLE', { ...at(node, 'workflow'), message: `${node.id} starts instances in a circle: ${way}.`, hint })]
    }
    const { others } = checked
    if (others === undefined || others.has(node.workflow)) return []
    const near = nearest(node.workflow, others.keys())
    const hint =
      near === undefined
        ? `Check its file too, sync ${node.workflow} before an instance comes there, or correct the name.`
        : `Did you mean ${near}?`
    return [
      warning('CONTAINER_UNKNOWN', {
        ...at(node, 'workflow'),
        message: `${node.id} starts ${node.workflow}, but there is no such workflow.`,
        hint,
      }),
    ]
  })

/** Workflows from the container's one back to this model, or undefined. */
function circleFrom({ model, others }: Checked, container: ContainerNode): readonly string[] | undefined {
  const ways: (readonly string[])[] = [[container.workflow]]
  const seen = new Set<string>()
  for (const way of ways) {
    const id = way[way.length - 1] ?? ''
    if (id === model.id) return way
    if (seen.has(id)) continue
    seen.add(id)
    for (const node of others?.get(id)?.nodes ?? []) if (isContainer(node)) ways.push([...way, node.workflow])
  }
  return undefined
}

function isContainer(node: Node): node is ContainerNode {
  return node.type === 'container'
}
