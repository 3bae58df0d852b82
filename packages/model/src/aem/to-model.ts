/**
 * From what was read to a model: nodes one by one, transitions with their rules, choices of people as routes, gotos as loop edges.
 */
import { type Imported, type JsonSchema, LANGUAGE, type Model, type Node } from '../model.ts'
import { hasErrors } from '../problem.ts'
import { checkGraph } from './check-graph.ts'
import type { Findings } from './findings.ts'
import { isTrue, type Metadata, textOf } from './metadata.ts'
import { modelIdOf } from './model-id.ts'
import type { Reading } from './read/reading.ts'
import { findChoices, routesOf } from './routes.ts'
import { translateRule } from './rule/translate.ts'
import { type AemNode, NO_DESCRIPTION, transitionNames } from './runtime/runtime.ts'
import { toNode } from './step/step.ts'
import { hasActions, isTaskStep, LAST_TASK_ACTION } from './step/task-step.ts'
import { ABSOLUTE_TIME } from './step/timeout.ts'
import { toTransitions, type Wiring } from './transitions.ts'
import { dataOf, schemaOfUse, usesOf } from './variables.ts'

/** The model, or undefined when the graph is broken; what is wrong, unbound or left out is added to `findings`. */
export function toModel(reading: Reading, findings: Findings): Model | undefined {
  const { runtime } = reading
  findings.problems.push(...reading.problems)
  checkGraph(runtime, findings)
  if (hasErrors(findings.problems)) return undefined
  const declared = dataOf(runtime)
  const wiring = wire(reading, findings, declared)
  const nodes = startFirst(runtime.nodes)
    .filter(({ id }) => !wiring.choices.bySplit.has(id))
    .map((node) => toNode(node, findings.forStep(node.id)))
  const { transitions, fallThroughs } = toTransitions(wiring)
  const data = { ...declared, ...undeclared(wiring, declared, nodes) }
  return { ...describe(reading, findings, nodes), data, nodes, transitions, imported: importedFrom(reading, wiring, fallThroughs) }
}

function wire({ runtime }: Reading, findings: Findings, declared: Model['data']): Wiring {
  const uses = usesOf(declared)
  const names = transitionNames(runtime.transitions)
  const rules = new Map(runtime.transitions.map((transition) => [transition, translateRule(transition.rule, uses)]))
  const choices = findChoices(runtime, (transition) => rules.get(transition)?.kind === 'always')
  return {
    runtime,
    findings,
    names: new Map(runtime.transitions.map((transition, i) => [transition, names[i] ?? ''])),
    rules,
    choices,
    routes: routesOf(runtime, choices),
    uses,
  }
}

function startFirst(nodes: readonly AemNode[]): readonly AemNode[] {
  return [...nodes.filter(({ type }) => type === 'START'), ...nodes.filter(({ type }) => type !== 'START')]
}

function describe(reading: Reading, { file }: Findings, nodes: readonly Node[]): Omit<Model, 'data' | 'nodes' | 'transitions'> {
  const { runtime } = reading
  const { title, metaData } = runtime
  const id = modelIdOf(file, reading)
  const description = runtime.description === NO_DESCRIPTION ? undefined : runtime.description
  const tags =
    textOf(metaData, 'tags')
      ?.split(',')
      .filter((tag) => tag !== '') ?? []
  return {
    id,
    title: title === '' ? id : title,
    ...(description === undefined ? {} : { description }),
    language: LANGUAGE,
    payload: 'path',
    ...(isTransient(metaData, nodes) ? { transient: true } : {}),
    ...(isTrue(metaData, 'multiResourceSupport') ? { multiResource: true } : {}),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

/** AEM refuses a goto in a transient model while it runs, we at Sync: such a model is imported as an ordinary one. */
export function isTransient(metaData: Metadata, nodes: readonly Node[]): boolean {
  return isTrue(metaData, 'transient') && !nodes.some(({ type }) => type === 'goto')
}

/** Data that rules, deadlines and tasks use but no variable declares. */
function undeclared({ runtime, findings, uses }: Wiring, declared: Model['data'], nodes: readonly Node[]): Model['data'] {
  const found = new Map<string, JsonSchema>()
  for (const [name, type] of uses) found.set(name, schemaOfUse(type))
  if (nodes.some(({ timeouts }) => timeouts?.some(({ at }) => at?.includes(`data.${ABSOLUTE_TIME}`)))) {
    found.set(ABSOLUTE_TIME, { type: 'string', format: 'date-time' })
  }
  if (runtime.nodes.some((node) => isTaskStep(node) && hasActions(node))) found.set(LAST_TASK_ACTION, { type: 'string' })
  for (const name of Object.keys(declared)) found.delete(name)
  for (const [name, { type }] of found) {
    findings.note(
      undefined,
      `data.${name} is used but no variable of the file declares it; declared as ${typeof type === 'string' ? type : 'anything'}`,
    )
  }
  return Object.fromEntries(found)
}

function importedFrom(
  { runtime, form }: Reading,
  { findings, names, choices }: Wiring,
  fallThroughs: NonNullable<Imported['fallThroughs']>,
): Imported {
  const rules = runtime.transitions.flatMap((transition) => {
    const { rule } = transition
    return rule === undefined || rule.trim() === '' ? [] : [[names.get(transition) ?? '', rule] as const]
  })
  return {
    from: `aem-${form}`,
    file: findings.file,
    metadata: runtime.metaData,
    ...(Object.keys(runtime.variables).length === 0 ? {} : { variables: runtime.variables }),
    ...(rules.length === 0 ? {} : { rules: Object.fromEntries(rules) }),
    ...(choices.bySplit.size === 0 ? {} : { choices: [...choices.bySplit.values()] }),
    ...(Object.keys(fallThroughs).length === 0 ? {} : { fallThroughs }),
  }
}
