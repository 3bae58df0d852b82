import type { Assign, Node, Timeout } from '../model.ts'
import { suggest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { at, type Checked, error, type ModelRule, warning } from './rule.ts'

/** Deadlines stand at nodes that wait, and do what such a node can do. */
export const timeoutsRule: ModelRule = (checked) =>
  checked.model.nodes.flatMap((node): readonly Finding[] => {
    if (node.timeouts === undefined || node.timeouts.length === 0) return []
    if (!mayWait(node)) {
      const hint = 'Deadlines belong to participants, waits, containers and processes with callback: true.'
      return [error('TIMEOUT_MISPLACED', { ...at(node, 'timeouts'), message: `${node.id} never waits, so it cannot be late.`, hint })]
    }
    const findings = node.timeouts.flatMap((timeout, i) => handlerFindings(checked, node, timeout, i))
    return node.type === 'process' && node.autoAdvance && node.poll === undefined ? [...findings, autoProcess(node)] : findings
  })

function mayWait(node: Node): boolean {
  return ['participant', 'process', 'container', 'wait'].includes(node.type)
}

function autoProcess(node: Node): Finding {
  const message = `The deadline of ${node.id} counts its retries too.`
  return warning('TIMEOUT_MISPLACED', { ...at(node, 'timeouts'), message, hint: 'To limit one try, use attemptTimeout.' })
}

function handlerFindings(checked: Checked, node: Node, { then, every }: Timeout, index: number): readonly Finding[] {
  const findings: Finding[] = []
  const place = at(node, `timeouts/${index}/then`)
  if (node.type !== 'participant' && (then.kind === 'remind' || then.kind === 'reassign' || then.kind === 'escalate')) {
    const message = `${node.id} waits for no person, so it cannot ${then.kind}.`
    findings.push(error('TIMEOUT_HANDLER', { ...place, message, hint: 'Use route, run or fail.' }))
  }
  if (every !== undefined && then.kind !== 'remind' && then.kind !== 'run') {
    const message = `${then.kind} happens once; every is for remind and run.`
    findings.push(error('TIMEOUT_HANDLER', { ...at(node, `timeouts/${index}/every`), message, hint: 'Remove every.' }))
  }
  if (then.kind === 'reassign' || then.kind === 'escalate') findings.push(...askedFindings(then.to, place))
  if (then.kind === 'route') findings.push(...routeFindings(checked, node, then.route, place))
  return findings
}

/** Found when it is due, in the same decision: what runs elsewhere would answer too late. */
function askedFindings(to: Assign, place: { readonly path: string; readonly node: string }): readonly Finding[] {
  const asked = to.kind === 'task' ? 'task' : to.kind === 'rule' && typeof to.rule === 'object' ? 'JavaScript' : undefined
  if (asked === undefined) return []
  const message = `A deadline finds people at once; no ${asked} can be asked.`
  return [error('TIMEOUT_HANDLER', { ...place, message, hint: 'Name users or groups, or choose them by a CEL rule.' })]
}

function routeFindings(
  { outgoing }: Checked,
  node: Node,
  route: string | undefined,
  place: { readonly path: string; readonly node: string },
): readonly Finding[] {
  const own = outgoing.get(node.id) ?? []
  if (route === undefined) {
    if (own.length <= 1 || own.some((transition) => transition.default === true)) return []
    const message = `${node.id} has ${own.length} routes and no default for the deadline to take.`
    return [error('TIMEOUT_NO_ROUTE', { ...place, message, hint: 'Name one: then: { route: … }, or mark one with default: true.' })]
  }
  const names = own.flatMap((transition) => transition.route?.name ?? [])
  if (names.includes(route)) return []
  const hint = suggest(route, names) ?? 'It has no routes: write then: route.'
  return [error('ROUTE_UNKNOWN', { ...place, message: `${node.id} has no route ${route}.`, hint })]
}
