import type { Node, Transition } from '../model.ts'
import type { Finding } from '../problem.ts'
import { at, atTransition, type Checked, error, type ModelRule, warning } from './rule.ts'

/** Branches of splits: enough of them, rules and defaults only where something is chosen, and each can be taken. */
export const branchesRule: ModelRule = (checked) =>
  checked.model.nodes.flatMap((node): readonly Finding[] => {
    const own = checked.outgoing.get(node.id) ?? []
    switch (node.type) {
      case 'and-split':
        return [...tooFew(node, own), ...rulesOf(checked, own), ...defaultsOf(checked, own)]
      case 'or-split':
        return [...tooFew(node, own), ...chosen(checked, node, own)]
      case 'goto':
        return jumping(checked, own)
      case 'participant':
        return [...defaults(checked, own), ...rulesOf(checked, own)]
      default:
        return [...rulesOf(checked, own), ...defaultsOf(checked, own)]
    }
  })

function tooFew(node: Node, own: readonly Transition[]): readonly Finding[] {
  if (own.length >= 2 || own.length === 0) return []
  const message = `${node.id} has one branch; a split needs two.`
  return [error('BRANCHES_TOO_FEW', { ...at(node), message, hint: 'Add a branch, or remove the split.' })]
}

function chosen(checked: Checked, node: Node, own: readonly Transition[]): readonly Finding[] {
  const { model } = checked
  const findings: Finding[] = [...defaults(checked, own)]
  const always = own.find((transition) => transition.rule === undefined && transition.default !== true)
  if (always !== undefined) {
    for (const transition of own.slice(own.indexOf(always) + 1)) {
      const message = `The branch of ${node.id} to ${transition.to} is never taken: the one to ${always.to} before it has no rule.`
      findings.push(
        warning('BRANCH_NEVER_TAKEN', {
          ...atTransition(model, transition),
          message,
          hint: 'Give the earlier one a rule, or put it last.',
        }),
      )
    }
  } else if (own.length > 0 && !own.some((transition) => transition.default === true)) {
    const message = `When no rule of ${node.id} is true, the instance stops with the incident NO_BRANCH.`
    findings.push(warning('BRANCH_MAY_BE_MISSING', { ...at(node), message, hint: 'Add { default: true, to: … }.' }))
  }
  for (const transition of own) {
    if (transition.default !== true || transition.rule === undefined) continue
    const message = `The default branch of ${node.id} has a rule that is never asked.`
    findings.push(warning('RULE_MISPLACED', { ...atTransition(model, transition, 'rule'), message, hint: 'Remove when, or default.' }))
  }
  return findings
}

/** The jump may have a rule; the way past it is taken when that is false. */
function jumping({ model }: Checked, own: readonly Transition[]): readonly Finding[] {
  const [jump, past] = own
  const findings: Finding[] = []
  if (jump !== undefined && past !== undefined && jump.rule === undefined) {
    const message = `${jump.from} always jumps, so ${past.to} is never reached from it.`
    findings.push(
      error('BRANCH_NEVER_TAKEN', { ...atTransition(model, past), message, hint: 'Give the jump a rule (when:), or remove next.' }),
    )
  }
  if (jump !== undefined && past === undefined && jump.rule !== undefined) {
    const message = `${jump.from} does not say where it goes on when its rule is false.`
    findings.push(error('NEXT_MISSING', { ...atTransition(model, jump), message, hint: 'Add next:.' }))
  }
  if (past?.rule !== undefined) {
    findings.push(
      error('RULE_MISPLACED', {
        ...atTransition(model, past, 'rule'),
        message: `The way past ${past.from} has a rule that is never asked.`,
      }),
    )
  }
  return findings
}

function defaults({ model }: Checked, own: readonly Transition[]): readonly Finding[] {
  return own
    .filter((transition) => transition.default === true)
    .slice(1)
    .map((transition) =>
      error('DEFAULT_MANY', {
        ...atTransition(model, transition),
        message: `${transition.from} has more than one default.`,
        hint: 'Keep one.',
      }),
    )
}

/** Rules on ways that are taken in any case, or that a person takes. */
function rulesOf({ model }: Checked, own: readonly Transition[]): readonly Finding[] {
  return own.flatMap((transition) => {
    if (transition.rule === undefined) return []
    const message = `The rule from ${transition.from} to ${transition.to} is never asked.`
    return [
      error('RULE_MISPLACED', { ...atTransition(model, transition, 'rule'), message, hint: 'Rules belong on branches of an or-split.' }),
    ]
  })
}

function defaultsOf({ model }: Checked, own: readonly Transition[]): readonly Finding[] {
  return own.flatMap((transition) => {
    if (transition.default !== true) return []
    const message = `${transition.from} chooses nothing, so it has no default.`
    return [error('DEFAULT_MISPLACED', { ...atTransition(model, transition), message, hint: 'Remove default.' })]
  })
}
