/** Sync towards AEM: a model as the runtime model that AEM would have made of it. */
import type { Model, Rule, Transition } from '../../model.ts'
import type { Problem } from '../../problem.ts'
import { isTrue, type Metadata, textOf, without } from '../metadata.ts'
import { START_OF_FILE } from '../read/reading.ts'
import { translateRule } from '../rule/translate.ts'
import { isTransient } from '../to-model.ts'
import { gotoRule, NEVER } from '../transitions.ts'
import { usesOf } from '../variables.ts'
import { type Exit, restoreChoices } from './choice-splits.ts'
import { isEqual } from './equal.ts'
import { inNumberOrder, inSyncOrder } from './order.ts'
import { type AemNode, type AemRuntime, type AemTransition, NO_DESCRIPTION, transitionNames } from './runtime.ts'
import { toAemNode } from './to-aem-node.ts'
import { toVariables } from './to-variables.ts'

/**
 * The runtime model of a model, for comparing and exporting. Of an imported model it is the one AEM's Sync makes of the design: the
 * same nodes, titles, types, transitions in their order, rules and metadata. What AEM has no words for is left out; see
 * {@link exportAem} for the list of it.
 */
export function toAemRuntime(model: Model): AemRuntime {
  return writeRuntime(model).runtime
}

/** The runtime model with a warning for everything AEM has no words for: AEM_EXPORT_LOSS. */
export function writeRuntime(model: Model): { readonly runtime: AemRuntime; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const lose = (node: string, message: string): void => {
    problems.push({ ...START_OF_FILE, code: 'AEM_EXPORT_LOSS', severity: 'warning', node, message: `Node ${node} ${message}.` })
  }
  const { splits, exits } = restoreChoices(model)
  const nodes = inNumberOrder(
    model.nodes.flatMap((node) => [
      withJump(
        model,
        toAemNode(node, (message) => lose(node.id, message)),
        lose,
      ),
      ...splitsAfter(splits, node.id),
    ]),
  )
  const transitions = writeTransitions(model, {
    nodes,
    exits: [...exits.filter((exit) => !isJump(model, exit)), ...fallThroughs(model)],
    lose,
  })
  const runtime: AemRuntime = {
    title: model.title,
    description: model.description ?? NO_DESCRIPTION,
    metaData: writeMetadata(model),
    variables: toVariables(model),
    nodes,
    transitions: inSyncOrder(nodes, transitions),
  }
  return { runtime, problems }
}

function splitsAfter(splits: readonly { readonly id: string; readonly after: string }[], id: string): readonly AemNode[] {
  return splits
    .filter(({ after }) => after === id)
    .flatMap((split) => [{ id: split.id, type: 'OR_SPLIT' as const, title: 'OR_SPLIT', metaData: {} }, ...splitsAfter(splits, split.id)])
}

interface Writing {
  readonly nodes: readonly AemNode[]
  readonly exits: readonly Exit[]
  readonly lose: (node: string, message: string) => void
}

function writeTransitions(model: Model, { nodes, exits, lose }: Writing): readonly AemTransition[] {
  const types = new Map(nodes.map(({ id, type }) => [id, type]))
  const names = transitionNames(exits)
  const undecided = undecidedSplits(model, exits, names)
  return exits.map((exit, i) => {
    const { from, to, transition } = exit
    const isChoice = types.get(from) === 'OR_SPLIT'
    const isDefault = exit.isDefault ?? transition?.default === true
    const rule =
      originalRule(model, { name: names[i] ?? '', transition, isUndecided: undecided.has(from) }) ??
      ruleText(transition?.rule, (message) => lose(from, message))
    const metaData: AemTransition['metaData'] = isChoice ? { isDefault: String(isDefault) } : {}
    return { from, to, rule, metaData }
  })
}

/** The rule as the source wrote it, while it still says what the model says. */
function originalRule(
  model: Model,
  { name, transition, isUndecided }: { readonly name: string; readonly transition: Transition | undefined; readonly isUndecided: boolean },
): string | undefined {
  const text = importedRule(model, name)
  if (isUndecided && transition?.rule === NEVER) return text
  const translated = translateRule(text, usesOf(model.data))
  const rule = translated.kind === 'always' ? undefined : translated.rule
  return isEqual(rule, transition?.rule) ? text : undefined
}

function importedRule({ imported }: Model, name: string): string {
  const rules = imported?.rules ?? {}
  return Object.hasOwn(rules, name) ? (rules[name] ?? '') : ''
}

/** Splits without a rule in the source: the importer gave one to the branches that are never taken. */
function undecidedSplits(model: Model, exits: readonly Exit[], names: readonly string[]): ReadonlySet<string> {
  if (model.imported === undefined) return new Set()
  const decided = exits
    .filter((_, i) => translateRule(importedRule(model, names[i] ?? ''), usesOf(model.data)).kind !== 'always')
    .map(({ from }) => from)
  return new Set(exits.map(({ from }) => from).filter((from) => !decided.includes(from)))
}

function ruleText(rule: Rule | undefined, lose: (message: string) => void): string {
  if (rule === undefined) return ''
  if (typeof rule === 'object') return rule.js
  if (rule === 'true' || rule === 'false') return `function check() { return ${rule}; }`
  lose(`has the CEL rule ${rule}: write it in ECMAScript`)
  return `function check() { throw ${JSON.stringify(`Write this CEL rule in ECMAScript: ${rule}`)}; }`
}

/** Ways on from gotos that always jump, which are in the source but not in the model. */
function fallThroughs({ nodes, transitions, imported }: Model): readonly Exit[] {
  const isGotoWithoutNext = (id: string): boolean =>
    nodes.some((node) => node.id === id && node.type === 'goto') && transitions.filter(({ from }) => from === id).length < 2
  return Object.entries(imported?.fallThroughs ?? {})
    .filter(([from, to]) => isGotoWithoutNext(from) && nodes.some(({ id }) => id === to))
    .map(([from, to]) => ({ from, to }))
}

function isJump(model: Model, { transition }: Exit): boolean {
  return transition !== undefined && transition === jumpOf(model, transition.from)
}

/** The first transition that leaves a goto. */
function jumpOf(model: Model, from: string): Transition | undefined {
  if (model.nodes.find(({ id }) => id === from)?.type !== 'goto') return undefined
  return model.transitions.find((transition) => transition.from === from)
}

/** A goto with its target and rule in the metadata, as they were if they still are the same. */
function withJump(model: Model, node: AemNode, lose: Writing['lose']): AemNode {
  const jump = jumpOf(model, node.id)
  if (jump === undefined) return node
  const { metaData } = node
  const target = textOf(metaData, 'TARGET_NODE_ID')
  const isSameTarget = target !== undefined && (target === jump.to || participantOf(model, target) === jump.to)
  const translated = gotoRule(metaData, usesOf(model.data))
  const isSameRule = isEqual(translated.kind === 'always' ? undefined : translated.rule, jump.rule)
  return {
    ...node,
    metaData: {
      ...(isSameTarget ? metaData : { ...without(metaData, ['TARGET_NODE_PATH']), TARGET_NODE_ID: jump.to }),
      ...(isSameRule ? {} : { [translated.key]: ruleText(jump.rule, (message) => lose(node.id, message)) }),
    },
  }
}

/** The participant in whose routes a split of the source went up. */
function participantOf(model: Model, split: string): string | undefined {
  const choice = model.imported?.choices?.find((candidate) => candidate.split === split)
  if (choice === undefined) return undefined
  return participantOf(model, choice.after) ?? choice.after
}

function writeMetadata(model: Model): Metadata {
  const metadata = model.imported?.metadata ?? {}
  const tags = model.tags?.join(',')
  return {
    ...without(metadata, [
      ...(isTransient(metadata, model.nodes) && model.transient !== true ? ['transient'] : []),
      ...(isTrue(metadata, 'multiResourceSupport') && model.multiResource !== true ? ['multiResourceSupport'] : []),
      ...(tags === undefined ? ['tags'] : []),
    ]),
    ...(model.transient === true && !isTrue(metadata, 'transient') ? { transient: 'true' } : {}),
    ...(model.multiResource === true && !isTrue(metadata, 'multiResourceSupport') ? { multiResourceSupport: 'true' } : {}),
    ...(tags === undefined || tags === textOf(metadata, 'tags') ? {} : { tags }),
  }
}
