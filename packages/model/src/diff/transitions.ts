import { canonicalJson } from '../hash/canonical-json.ts'
import type { JsonValue, Model, Transition } from '../model.ts'
import type { Change, TransitionChange } from './change.ts'
import { shown } from './words.ts'

/**
 * Changes of the transitions that leave a node. One by a route is matched by the route's name, others by where they lead, so that a
 * route led elsewhere is one change and not a new and a gone one.
 */
export function diffTransitions(a: Model, b: Model, node: string): readonly Change[] {
  const before = keyed(a.transitions.filter(({ from }) => from === node))
  const after = keyed(b.transitions.filter(({ from }) => from === node))
  const changes: TransitionChange[] = []
  for (const [key, transition] of after) {
    const older = before.get(key)
    if (older === undefined) changes.push(added(transition))
    else if (canonicalJson(older as unknown as JsonValue) !== canonicalJson(transition as unknown as JsonValue))
      changes.push(changed(older, transition))
  }
  for (const [key, transition] of before) if (!after.has(key)) changes.push(removed(transition))
  const kept = [...after.keys()].filter((key) => before.has(key))
  const order = [...before.keys()].filter((key) => after.has(key))
  if (kept.join('\n') !== order.join('\n')) {
    const targets = kept.map((key) => after.get(key)?.to ?? '').join(', ')
    changes.push({ kind: 'transitions-reordered', node, sentence: `The branches of ${node} are now asked in the order ${targets}.` })
  }
  return changes
}

function keyed(transitions: readonly Transition[]): ReadonlyMap<string, Transition> {
  const counts = new Map<string, number>()
  return new Map(
    transitions.map((transition) => {
      const key = transition.route === undefined ? `to ${transition.to}` : `route ${transition.route.name}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return [`${key} #${count}`, transition]
    }),
  )
}

function added(transition: Transition): TransitionChange {
  return {
    kind: 'transition-added',
    node: transition.from,
    to: transition.to,
    sentence: `${way(transition)} is new${condition(transition)}.`,
  }
}

function removed(transition: Transition): TransitionChange {
  return { kind: 'transition-removed', node: transition.from, to: transition.to, sentence: `${way(transition)} is gone.` }
}

function changed(before: Transition, after: Transition): TransitionChange {
  const parts: string[] = []
  if (before.to !== after.to) parts.push(`leads to ${after.to} instead of ${before.to}`)
  if (rule(before) !== rule(after)) parts.push(`has the rule ${rule(after)} instead of ${rule(before)}`)
  if (before.default !== after.default) parts.push(after.default === true ? 'is now the default' : 'is no longer the default')
  if (routeLook(before) !== routeLook(after)) parts.push(`is shown as ${routeLook(after)} instead of ${routeLook(before)}`)
  const what = after.route === undefined ? `The way from ${after.from} to ${before.to}` : `Route ${after.route.name} of ${after.from}`
  return { kind: 'transition-changed', node: after.from, to: after.to, sentence: `${what} ${parts.join(' and ')}.` }
}

function way({ from, to, route }: Transition): string {
  return route === undefined ? `The way from ${from} to ${to}` : `Route ${route.name} of ${from} to ${to}`
}

function condition(transition: Transition): string {
  if (transition.default === true) return ', the default'
  return transition.rule === undefined ? '' : `, when ${rule(transition)}`
}

function rule({ rule: source }: Transition): string {
  return source === undefined ? 'none' : shown(source)
}

function routeLook({ route }: Transition): string {
  if (route === undefined) return 'no route'
  const { name: _, ...look } = route
  return shown(look)
}
