import type { Model } from '../model.ts'
import { nearest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { isIdentifier } from '../text/identifier.ts'
import { error } from './rule.ts'

/** I1 of the model: a start first, an end, unique ids, transitions between nodes that exist. Other rules need it to hold. */
export function checkGraph(model: Model): readonly Finding[] {
  const findings: Finding[] = []
  const ids = new Set<string>()
  for (const { id } of model.nodes) {
    const path = `nodes/${id}`
    if (!isIdentifier(id))
      findings.push(
        error('ID_INVALID', {
          path,
          node: id,
          message: `"${id}" cannot be the id of a node.`,
          hint: 'Begin with a letter, go on with letters, digits, - _ .',
        }),
      )
    if (ids.has(id))
      findings.push(error('NODE_ID_DUPLICATE', { path, node: id, message: `Two nodes have the id ${id}.`, hint: 'Give one another id.' }))
    ids.add(id)
  }
  if (model.nodes[0]?.type !== 'start' || model.nodes.filter((node) => node.type === 'start').length !== 1) {
    findings.push(error('START_MISPLACED', { path: 'nodes', message: 'A model has one start, and it is the first node.' }))
  }
  if (!model.nodes.some((node) => node.type === 'end')) {
    findings.push(error('NODE_NO_WAY_OUT', { path: 'nodes', message: 'The model has no end.', hint: 'Lead a node to end.' }))
  }
  model.transitions.forEach(({ from, to }, i) => {
    for (const id of new Set([from, to])) {
      if (ids.has(id)) continue
      const near = nearest(id, ids)
      const hint = near === undefined ? undefined : `Did you mean ${near}?`
      findings.push(
        error('TARGET_UNKNOWN', {
          path: `transitions/${i}`,
          node: from,
          message: `A transition from ${from} to ${to} names ${id}, which does not exist.`,
          hint,
        }),
      )
    }
    if (to === model.nodes[0]?.id)
      findings.push(error('TARGET_START', { path: `transitions/${i}`, node: from, message: `${from} leads back into the start.` }))
  })
  return findings
}
