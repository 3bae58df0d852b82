import type { JsonValue, Node } from '@millrace/model'
import { transitionAt } from '../program.ts'
import { graphOf, type Turn } from '../turn.ts'
import type { Edge } from '../values.ts'
import { contextOf, type Evaluated, evaluated } from './context.ts'

/** Name of the task that evaluates JavaScript rules and choosers (package tasks); its output decides, recorded as any result. */
export const RULE_TASK = 'millrace.rule'

/** Whether one of these transitions has a JavaScript rule, which runs outside the kernel. */
export const needsJavaScript = (turn: Turn, outgoing: readonly Edge[]): boolean =>
  outgoing.some((edge) => typeof transitionAt(graphOf(turn), edge).rule === 'object')

/** Sources of the JavaScript rules by edge, as the rule task takes them. */
export const scriptsOf = (turn: Turn, outgoing: readonly Edge[]): { readonly [edge: string]: string } => {
  const scripts: { [edge: string]: string } = {}
  for (const edge of outgoing) {
    const { rule } = transitionAt(graphOf(turn), edge)
    if (typeof rule === 'object') scripts[edge] = rule.js
  }
  return scripts
}

/**
 * The one transition a choice takes: rules in order, first true wins, an absent rule is true, then the default. `answers` are the results of JavaScript
 * rules by edge. None true is NO_BRANCH, never a silent hang.
 */
export const chooseOut = (
  turn: Turn,
  node: Node,
  outgoing: readonly Edge[],
  answers: { readonly [edge: string]: JsonValue } = {},
): Evaluated<readonly Edge[]> => {
  const context = contextOf(turn, node)
  let fallback: Edge | undefined
  for (const edge of outgoing) {
    const { rule, default: isDefault } = transitionAt(graphOf(turn), edge)
    // A default with a rule of its own is still asked in its turn; without one it waits until no other is true.
    if (isDefault === true && fallback === undefined) fallback = edge
    if (isDefault === true && rule === undefined) continue
    const result = evaluated(() =>
      rule === undefined ? true : typeof rule === 'string' ? turn.env.evaluator.rule(rule, context) : answers[edge] === true,
    )
    if (!result.ok) return result
    if (result.value) return { ok: true, value: [edge] }
  }
  if (fallback !== undefined) return { ok: true, value: [fallback] }
  return {
    ok: false,
    error: {
      code: 'NO_BRANCH',
      message: `No rule of ${node.title} is true and it has no default. Set the data its rules read and retry, or choose a route to skip it.`,
    },
  }
}

/** The transitions of a step that is complete: by its route, or the only one. */
export const outOf = (turn: Turn, node: Node, route?: string): readonly Edge[] => {
  const { net } = graphOf(turn)
  const index = net.indexOf.get(node.id) ?? -1
  const outgoing = net.outgoing[index] ?? []
  if (net.nodes[index]?.split === 'all') return outgoing
  if (route !== undefined) {
    const chosen = outgoing.find((edge) => transitionAt(graphOf(turn), edge).route?.name === route)
    if (chosen !== undefined) return [chosen]
  }
  const fallback = outgoing.find((edge) => transitionAt(graphOf(turn), edge).default === true) ?? outgoing[0]
  return fallback === undefined ? [] : [fallback]
}
