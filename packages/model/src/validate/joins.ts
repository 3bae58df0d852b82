import type { Finding } from '../problem.ts'
import { at, error, type ModelRule } from './rule.ts'

/** A join that counts: not more than arrive, and a block around it whose rest it can withdraw. */
export const joinsRule: ModelRule = ({ model, net, incoming }) =>
  model.nodes.flatMap((node, i): readonly Finding[] => {
    if (node.type !== 'and-join' || node.need === undefined) return []
    const arriving = incoming.get(node.id)?.length ?? 0
    if (node.need < 1 || node.need > arriving) {
      const message = `${node.id} needs ${node.need} branches, but ${arriving} arrive.`
      return [error('JOIN_NEED', { ...at(node, 'need'), message, hint: `Write need: 1 to ${arriving}, or leave it out to wait for all.` })]
    }
    if (node.need === arriving || net.blockSplit[i] !== undefined) return []
    const message = `${node.id} withdraws the branches that are left, but no and-split opens exactly the branches it joins.`
    const hint = 'Begin all its branches at one and-split, and let nothing else enter or leave them.'
    return [error('JOIN_NEEDS_BLOCK', { ...at(node, 'need'), message, hint })]
  })
