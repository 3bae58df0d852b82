import type { Node } from '../model.ts'
import type { Finding } from '../problem.ts'
import { at, error, type ModelRule, warning } from './rule.ts'

/** A transient model writes nothing while it runs through automatic steps (DESIGN 5.6): no goto, and no step first that ends that at once. */
export const transientRule: ModelRule = ({ model, nodes, outgoing }) => {
  if (model.transient !== true) return []
  const findings: Finding[] = []
  for (const node of model.nodes) {
    if (node.type !== 'goto') continue
    const hint = 'Use an or-split with a branch that leads back, or remove transient: true.'
    findings.push(error('TRANSIENT_GOTO', { ...at(node), message: `A transient model cannot have the goto ${node.id}.`, hint }))
  }
  const [transition] = outgoing.get(model.nodes[0]?.id ?? '') ?? []
  const first = nodes.get(transition?.to ?? '')
  const reason = first === undefined ? undefined : persistsBy(first)
  if (first !== undefined && reason !== undefined) {
    const message = `The model is transient, but every instance becomes persistent at its first step ${first.id}: ${reason}.`
    findings.push(warning('TRANSIENT_PERSISTS', { ...at(first), message, hint: 'Remove transient: true.' }))
  }
  if (model.locks !== undefined && model.locks.length > 0) {
    const message = 'The model is transient, but its locks make every instance persistent from the start.'
    findings.push(warning('TRANSIENT_PERSISTS', { path: 'locks', message, hint: 'Remove transient: true or the locks.' }))
  }
  return findings
}

function persistsBy(node: Node): string | undefined {
  switch (node.type) {
    case 'participant':
      return 'it waits for a person'
    case 'and-split':
      return 'branches run side by side'
    case 'wait':
      return 'it waits'
    case 'container':
      return 'it waits for another instance'
    case 'process':
      return node.autoAdvance && node.poll === undefined ? undefined : 'it waits for somebody outside'
    default:
      return undefined
  }
}
