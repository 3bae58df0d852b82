import type { Node } from '../model.ts'
import type { Finding } from '../problem.ts'
import { at, error, type ModelRule } from './rule.ts'

/** How many transitions leave a node: none an end, one most, one or two a goto, one or its routes a participant. */
export const outgoingRule: ModelRule = ({ model, outgoing }) =>
  model.nodes.flatMap((node): readonly Finding[] => {
    const count = outgoing.get(node.id)?.length ?? 0
    if (node.type === 'end') {
      return count === 0
        ? []
        : [error('END_CONTINUES', { ...at(node), message: `End ${node.id} leads on.`, hint: 'Remove what follows it.' })]
    }
    if (count === 0) {
      return [
        error('NEXT_MISSING', {
          ...at(node),
          message: `${node.id} does not say where it goes on.`,
          hint: 'Add next: with the id of a node, or next: end.',
        }),
      ]
    }
    if (count <= mostOf(node)) return []
    return [
      error('NEXT_MANY', { ...at(node), message: `${node.id} goes on to ${count} nodes.`, hint: 'Put an and-split or or-split after it.' }),
    ]
  })

function mostOf(node: Node): number {
  switch (node.type) {
    case 'or-split':
    case 'and-split':
    case 'participant':
      return Number.POSITIVE_INFINITY
    case 'goto':
      return 2
    default:
      return 1
  }
}
