import { askedOf, routesOf, type Step } from '@millrace/kernel'
import { addDuration, canonicalJson, type JsonValue, normalizeDuration } from '@millrace/model'
import type { Expectation } from './scenario.ts'
import type { Simulation } from './simulation.ts'

/** What is not as expected, a sentence each: what it is, and what it should be. */
export function failedExpectations(simulation: Simulation, expected: Expectation): readonly string[] {
  const { state, facts } = simulation
  const nodes = facts.flatMap((fact) => (fact.t === 'opened' && fact.side !== true ? [fact.node] : []))
  const passed = new Set([...nodes, ...facts.flatMap((fact) => (fact.t === 'passed' ? [fact.node] : []))])
  const open = simulation.openSteps.map((step) => step.node)
  const failures: string[] = []
  const same = (what: string, is: JsonValue | undefined, should: JsonValue | undefined): void => {
    if (should !== undefined && !isSame(is, should)) failures.push(`${what} is ${shown(is)}, expected ${shown(should)}.`)
  }
  same('status', state.status, expected.status)
  for (const [name, value] of Object.entries(expected.data ?? {})) same(`data.${name}`, state.data[name], value)
  same('the way through the nodes', nodes, expected.nodes)
  for (const node of expected.passed ?? [])
    if (!passed.has(node)) failures.push(`${node} was not passed; passed were ${list([...passed])}.`)
  for (const node of expected.notPassed ?? []) if (passed.has(node)) failures.push(`${node} was passed, and should not have been.`)
  if (expected.open !== undefined) same('what is open', sorted(open), sorted(expected.open))
  if (expected.items !== undefined) failures.push(...failedItems(simulation, expected.items))
  if (expected.incident !== undefined) failures.push(...failedIncident(simulation, expected.incident))
  if (expected.tasks !== undefined) failures.push(...failedTasks(simulation, expected.tasks))
  const told = simulation.notified.flatMap(({ to, reason }) => to.map((who) => `${who.replace(/^(user|group):/, '')} ${reason}`))
  same('who was told what', told, expected.notified)
  return failures
}

const failedItems = (simulation: Simulation, expected: NonNullable<Expectation['items']>): readonly string[] => {
  const items = simulation.openSteps.filter((step) => step.wait.kind === 'work-item')
  if (items.length !== expected.length)
    return [`${items.length} work items are open (${list(items.map((step) => step.node))}), expected ${expected.length}.`]
  const rest = [...items]
  return expected.flatMap((one) => {
    const at = rest.findIndex((step) => step.node === one.node)
    const [item] = at < 0 ? [] : rest.splice(at, 1)
    return item === undefined
      ? [`no work item of ${one.node} is open; open are ${list(items.map((step) => step.node))}.`]
      : failedItem(simulation, item, one)
  })
}

const failedItem = (simulation: Simulation, step: Step, expected: NonNullable<Expectation['items']>[number]): readonly string[] => {
  const { wait } = step
  if (wait.kind !== 'work-item') return []
  const failures: string[] = []
  const same = (what: string, is: JsonValue | undefined, should: JsonValue | undefined): void => {
    if (should !== undefined && !isSame(is, should))
      failures.push(`${what} of the work item of ${step.node} is ${shown(is)}, expected ${shown(should)}.`)
  }
  same('the title', wait.title, expected.title)
  const who = askedOf(wait)
  if (expected.for !== undefined) same('who may decide', sorted(who), sorted([expected.for].flat()))
  if (expected.routes !== undefined)
    same(
      'the routes',
      routesOf(simulation.program, step.node).map(({ name }) => name),
      expected.routes,
    )
  if (expected.dueIn !== undefined) {
    const iso = normalizeDuration(expected.dueIn)
    const should = iso === undefined ? undefined : addDuration(simulation.nowMs, iso)
    if (wait.dueAtMs !== should) {
      failures.push(
        `the work item of ${step.node} is due ${wait.dueAtMs === undefined ? 'never' : new Date(wait.dueAtMs).toISOString()}, expected in ${expected.dueIn}.`,
      )
    }
  }
  return failures
}

const failedIncident = (simulation: Simulation, expected: NonNullable<Expectation['incident']> | null): readonly string[] => {
  const open = simulation.openSteps.flatMap(({ node, incident }) =>
    incident === undefined ? [] : [{ node, code: incident.code, message: incident.message }],
  )
  const shownOpen = list(open.map(({ node, code, message }) => `${node}: ${code}: ${message}`))
  if (expected === null) return open.length === 0 ? [] : [`there is an incident (${shownOpen}), expected none.`]
  const { node, code } = expected
  const isThere = open.some((one) => (node === undefined || one.node === node) && (code === undefined || one.code === code))
  if (isThere) return []
  return [
    `there is ${open.length === 0 ? 'no incident' : `another incident (${shownOpen})`}, expected ${[code, node === undefined ? undefined : `on ${node}`].filter(Boolean).join(' ') || 'one'}.`,
  ]
}

const failedTasks = (simulation: Simulation, expected: NonNullable<Expectation['tasks']>): readonly string[] => {
  const made = simulation.made.filter(({ task }) => !task.startsWith('millrace.'))
  const names = expected.map((one) => (typeof one === 'string' ? one : one.task))
  if (
    !isSame(
      made.map(({ task }) => task),
      names,
    )
  )
    return [`the tasks tried are ${list(made.map(({ task }) => task))}, expected ${list(names)}.`]
  return expected.flatMap((one, index) => {
    if (typeof one === 'string') return []
    const input = made[index]?.input as { readonly [name: string]: JsonValue } | undefined
    return Object.entries(one.input ?? {}).flatMap(([name, value]) =>
      isSame(input?.[name], value as JsonValue)
        ? []
        : [`${name} of ${one.task} is ${shown(input?.[name])}, expected ${shown(value as JsonValue)}.`],
    )
  })
}

const sorted = (names: readonly string[]): readonly string[] => names.toSorted((a, b) => (a < b ? -1 : 1))

const isSame = (a: JsonValue | undefined, b: JsonValue | undefined): boolean => shown(a) === shown(b)

const shown = (value: JsonValue | undefined): string => (value === undefined ? 'absent' : canonicalJson(value))

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))
