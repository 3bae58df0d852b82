import type { Transition } from '../model.ts'
import type { Finding } from '../problem.ts'
import { at, atTransition, type Checked, error, type ModelRule } from './rule.ts'

/** Routes are what a person chooses: at participants only, all or none of its transitions, each name once. */
export const routesRule: ModelRule = (checked) => {
  const { model, nodes, outgoing } = checked
  const findings: Finding[] = []
  for (const transition of model.transitions) {
    if (transition.route === undefined || nodes.get(transition.from)?.type === 'participant') continue
    const hint = 'Put the routes on the participant before it.'
    findings.push(
      error('ROUTE_MISPLACED', {
        ...atTransition(model, transition),
        message: `${transition.from} is no participant: nobody can choose ${transition.route.name}.`,
        hint,
      }),
    )
  }
  for (const node of model.nodes) {
    if (node.type !== 'participant') continue
    const own = outgoing.get(node.id) ?? []
    if (own.length > 1 && own.some((transition) => transition.route === undefined)) {
      findings.push(
        error('NEXT_MANY', {
          ...at(node),
          message: `${node.id} leads to ${own.length} nodes, not all by a route.`,
          hint: 'Name a route for each.',
        }),
      )
    }
    findings.push(...duplicates(checked, own))
  }
  return findings
}

function duplicates({ model }: Checked, transitions: readonly Transition[]): readonly Finding[] {
  const names = new Set<string>()
  return transitions.flatMap((transition) => {
    const name = transition.route?.name
    if (name === undefined) return []
    const isKnown = names.has(name)
    names.add(name)
    const place = atTransition(model, transition)
    return isKnown
      ? [error('ROUTE_DUPLICATE', { ...place, message: `${transition.from} has the route ${name} twice.`, hint: 'Give one another name.' })]
      : []
  })
}
