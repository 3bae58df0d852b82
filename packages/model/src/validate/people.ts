import type { Node } from '../model.ts'
import { suggest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { at, type Checked, error, type ModelRule } from './rule.ts'

/** People are named so that they can be found: who may start it, who is excluded, who is a candidate. */
export const peopleRule: ModelRule = (checked) => [
  ...starters(checked),
  ...checked.model.nodes.flatMap((node) => [...excluded(checked, node), ...nobody(node)]),
]

function starters({ model }: Checked): readonly Finding[] {
  return (model.starters ?? []).flatMap((name, i) => {
    if (/^(user|group):./.test(name)) return []
    return [
      error('ASSIGN_INVALID', { path: `starters/${i}`, message: `${name} names nobody.`, hint: `Write user:${name} or group:${name}.` }),
    ]
  })
}

function excluded({ model, nodes }: Checked, node: Node): readonly Finding[] {
  if (node.type !== 'participant') return []
  return (node.exclude ?? []).flatMap((name, i): readonly Finding[] => {
    const place = at(node, `exclude/${i}`)
    if (name === 'initiator' || /^user:./.test(name)) return []
    const step = /^step:(.+)$/.exec(name)?.[1]
    if (step === undefined) {
      return [
        error('EXCLUDE_UNKNOWN', {
          ...place,
          message: `${name} excludes nobody.`,
          hint: 'Write initiator, user:name or step:node-id (who decided there).',
        }),
      ]
    }
    if (nodes.get(step)?.type === 'participant') return []
    const hint = suggest(
      step,
      model.nodes.filter((other) => other.type === 'participant').map((other) => other.id),
    )
    return [error('EXCLUDE_UNKNOWN', { ...place, message: `${name} excludes who decided at ${step}, but that is no participant.`, hint })]
  })
}

function nobody(node: Node): readonly Finding[] {
  if (node.type !== 'participant' || node.assign.kind !== 'candidates') return []
  if (node.assign.users.length + node.assign.groups.length > 0) return []
  return [error('ASSIGN_INVALID', { ...at(node, 'assign'), message: `${node.id} has no candidates.`, hint: 'Name a user:… or a group:….' })]
}
