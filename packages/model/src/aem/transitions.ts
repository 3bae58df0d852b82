/** Transitions of a model: branches with their rules, routes of people, gotos as loop edges. */
import type { Rule, Transition } from '../model.ts'
import type { Findings } from './findings.ts'
import { isTrue, textOf } from './metadata.ts'
import type { Choices, ChosenRoute } from './routes.ts'
import type { Uses } from './rule/subject.ts'
import { type TranslatedRule, translateRule } from './rule/translate.ts'
import { type AemNode, type AemRuntime, type AemTransition, isGoto } from './runtime/runtime.ts'

/** The rule of a branch that no person and no rule chooses. */
export const NEVER = 'false'

/** Keys of a goto's metadata that may hold its rule; the first that is filled counts, as for a split. */
const GOTO_RULE_KEYS = ['expression', 'script', 'scriptPath']

export interface Wiring {
  readonly runtime: AemRuntime
  readonly findings: Findings
  /** Names of the transitions, in their order. */
  readonly names: ReadonlyMap<AemTransition, string>
  readonly rules: ReadonlyMap<AemTransition, TranslatedRule>
  readonly choices: Choices
  readonly routes: ReadonlyMap<AemTransition, ChosenRoute>
  readonly uses: Uses
}

/** All transitions, and where gotos that always jump went on: a way that is never taken is no way. */
export interface Wired {
  readonly transitions: readonly Transition[]
  readonly fallThroughs: { readonly [goto: string]: string }
}

export function toTransitions(wiring: Wiring): Wired {
  const { runtime, choices } = wiring
  const types = new Map(runtime.nodes.map(({ id, type }) => [id, type]))
  const jumps = new Map(runtime.nodes.filter(isGoto).map((node) => [node.id, jumpOf(wiring, node)]))
  const isAlways = new Set([...jumps.values()].flatMap((jump) => (jump !== undefined && jump.rule === undefined ? [jump.from] : [])))
  const transitions: Transition[] = []
  const fallThroughs = new Map<string, string>()
  for (const transition of runtime.transitions) {
    const { from, to } = transition
    if (choices.bySplit.has(to)) continue
    transitions.push(...takeJump(jumps, from))
    if (isAlways.has(from)) {
      fallThroughs.set(from, to)
      continue
    }
    const route = wiring.routes.get(transition)
    if (route !== undefined) transitions.push(toRoute(wiring, transition, route))
    else if (types.get(from) === 'OR_SPLIT') transitions.push(toBranch(wiring, transition, types))
    else transitions.push(toPlain(wiring, transition))
  }
  for (const from of jumps.keys()) transitions.push(...takeJump(jumps, from))
  return { transitions, fallThroughs: Object.fromEntries(fallThroughs) }
}

function toPlain({ rules, findings }: Wiring, transition: AemTransition): Transition {
  const { from, to } = transition
  if (rules.get(transition)?.kind !== 'always') {
    findings.problem('warning', {
      code: 'AEM_RULE_LEFT_OUT',
      node: from,
      message: `The transition from ${from} to ${to} has a rule but leaves no split; it is always taken.`,
    })
  }
  return { from, to }
}

function toRoute({ choices }: Wiring, { from, to }: AemTransition, { route, isDefault }: ChosenRoute): Transition {
  return { from: choices.participants.get(from) ?? from, to, route, ...(isDefault ? { default: true } : {}) }
}

function toBranch(wiring: Wiring, transition: AemTransition, types: ReadonlyMap<string, AemNode['type']>): Transition {
  const { from, to } = transition
  const exits = wiring.runtime.transitions.filter((sibling) => sibling.from === from)
  if (exits.length > 1 && exits.every((exit) => wiring.rules.get(exit)?.kind === 'always')) return toUndecided(wiring, transition, exits)
  if (transition === exits[0]) noteRuledChoice(wiring, from, types)
  const rule = branchRule(wiring, transition)
  const isMarked = isTrue(transition.metaData, 'isDefault')
  const isDefault = transition === exits.find(({ metaData }) => isTrue(metaData, 'isDefault'))
  if (isMarked && !isDefault) wiring.findings.note(from, `has more than one default branch; the one to ${to} is an ordinary one`)
  return { from, to, ...(rule === undefined ? {} : { rule }), ...(isDefault ? { default: true } : {}) }
}

function branchRule({ rules, names, findings }: Wiring, transition: AemTransition): Rule | undefined {
  const translated = rules.get(transition)
  if (translated === undefined || translated.kind === 'always') return undefined
  if (translated.kind === 'manual') findings.unboundRule(transition.from, translated.name, { transition: names.get(transition) ?? '' })
  return translated.rule
}

/** Nobody chooses and no rule does: AEM takes the default branch, or the first. */
function toUndecided({ runtime, findings }: Wiring, transition: AemTransition, exits: readonly AemTransition[]): Transition {
  const { from, to } = transition
  const marked = exits.find(({ metaData }) => isTrue(metaData, 'isDefault'))
  const taken = marked ?? exits[0]
  if (transition === exits[0]) {
    const title = runtime.nodes.find(({ id }) => id === taken?.to)?.title ?? from
    const message = `Split ${from} has no rules and no person before it, so the same branch is always taken: ${title}.`
    findings.problem('warning', { code: 'AEM_SPLIT_UNDECIDED', node: from, message })
  }
  if (transition !== taken) return { from, to, rule: NEVER }
  return { from, to, ...(marked === undefined ? {} : { default: true }) }
}

/** AEM would show the person those branches whose rules are true; here the rules alone decide. */
function noteRuledChoice({ runtime, findings }: Wiring, split: string, types: ReadonlyMap<string, AemNode['type']>): void {
  const [entry, second] = runtime.transitions.filter(({ to }) => to === split)
  const before = types.get(entry?.from ?? '')
  if (second !== undefined || (before !== 'PARTICIPANT' && before !== 'DYNAMIC_PARTICIPANT')) return
  findings.note(split, 'its rules decide, though a person comes before it: AEM shows that person the branches whose rules are true')
}

function jumpOf({ runtime, choices, findings, uses }: Wiring, { id, metaData }: AemNode): Transition | undefined {
  const target = textOf(metaData, 'TARGET_NODE_ID') ?? ''
  const participant = choices.participants.get(target)
  if (participant !== undefined)
    findings.note(id, `jumps to a split that became routes of ${participant}, so ${participant} is asked again`)
  const to = participant ?? target
  if (!runtime.nodes.some((node) => node.id === to)) return undefined
  const rule = gotoRule(metaData, uses)
  if (rule.kind === 'manual') findings.unboundRule(id, rule.name, { key: rule.key })
  return { from: id, to, ...(rule.kind === 'always' ? {} : { rule: rule.rule }) }
}

/** The rule of a goto; without one it always jumps. */
export function gotoRule(metaData: AemNode['metaData'], uses: Uses): TranslatedRule & { readonly key: string } {
  const key = GOTO_RULE_KEYS.find((candidate) => textOf(metaData, candidate) !== undefined) ?? 'script'
  return { ...translateRule(textOf(metaData, key), uses), key }
}

/** The jump comes before the fall-through: it is asked first. */
function takeJump(jumps: Map<string, Transition | undefined>, from: string): readonly Transition[] {
  const jump = jumps.get(from)
  jumps.delete(from)
  return jump === undefined ? [] : [jump]
}
