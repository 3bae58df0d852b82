import { canonicalJson } from '../hash/canonical-json.ts'
import { importedContent } from '../hash/imported-content.ts'
import type { Assign, JsonValue, Model, Node } from '../model.ts'
import { printAssign } from '../text/print-node.ts'
import type { Change } from './change.ts'
import { diffTransitions } from './transitions.ts'
import { shown } from './words.ts'

/**
 * What changed from model `a` to model `b`, by meaning: nodes are matched by id, so moving, reformatting or commenting is no change.
 * Model first, then data, then nodes in the order of `b` with the removed ones last, each with its transitions.
 *
 * @example diffModels(version3, draft).map((change) => change.sentence) // ['task of publish was "log" and is now "http.request".']
 */
export function diffModels(a: Model, b: Model): readonly Change[] {
  return [...diffHead(a, b), ...diffData(a, b), ...diffNodes(a, b)]
}

function diffHead(a: Model, b: Model): readonly Change[] {
  return fieldChanges(headOf(a), headOf(b)).map(({ field, ...values }) => ({
    kind: 'model-changed',
    field,
    ...values,
    sentence: sentenceOf(`The model's ${field}`, values),
  }))
}

function headOf({ data: _data, nodes: _nodes, transitions: _transitions, imported, ...head }: Model): object {
  return { ...head, ...(imported === undefined ? {} : { imported: importedContent(imported) }) }
}

function diffData(a: Model, b: Model): readonly Change[] {
  return fieldChanges(a.data, b.data).map(({ field: name, ...values }): Change => {
    if (values.before === undefined)
      return { kind: 'data-added', name, ...values, sentence: `Data ${name} is new: ${shown(values.after)}.` }
    if (values.after === undefined) return { kind: 'data-removed', name, ...values, sentence: `Data ${name} is gone.` }
    return { kind: 'data-changed', name, ...values, sentence: sentenceOf(`Data ${name}`, values) }
  })
}

function diffNodes(a: Model, b: Model): readonly Change[] {
  const older = new Map(a.nodes.map((node) => [node.id, node]))
  const newer = new Map(b.nodes.map((node) => [node.id, node]))
  const kept = b.nodes.flatMap((node) => [...diffNode(older.get(node.id), node), ...diffTransitions(a, b, node.id)])
  const gone = a.nodes.filter((node) => !newer.has(node.id))
  return [
    ...kept,
    ...gone.map((node): Change => ({ kind: 'node-removed', node: node.id, sentence: `The ${node.type} ${named(node)} is gone.` })),
  ]
}

function diffNode(before: Node | undefined, after: Node): readonly Change[] {
  if (before === undefined) return [{ kind: 'node-added', node: after.id, sentence: `The ${after.type} ${named(after)} is new.` }]
  return fieldChanges(before, after).map(({ field, ...values }) => ({
    kind: 'node-changed',
    node: after.id,
    field,
    ...values,
    sentence: sentenceOf(`${field} of ${named(after)}`, field === 'assign' ? asWritten(values) : values),
  }))
}

/** Who works on it, as the text form says it: `group:editors`. */
function asWritten({ before, after }: Values): Values {
  const written = (value: JsonValue | undefined): JsonValue | undefined =>
    value === undefined ? undefined : printAssign(value as unknown as Assign)
  return { before: written(before), after: written(after) } as Values
}

interface Values {
  readonly before?: JsonValue
  readonly after?: JsonValue
}

/** Fields whose values differ, in the order of the newer one with the removed ones last. */
function fieldChanges(before: object, after: object): readonly (Values & { readonly field: string })[] {
  const older = new Map(Object.entries(before) as [string, JsonValue][])
  const newer = new Map(Object.entries(after) as [string, JsonValue][])
  return [...new Set([...newer.keys(), ...older.keys()])].flatMap((field) => {
    const was = older.get(field)
    const is = newer.get(field)
    if (was === undefined && is === undefined) return []
    if (was !== undefined && is !== undefined && canonicalJson(was) === canonicalJson(is)) return []
    return [{ field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })
}

function sentenceOf(what: string, { before, after }: Values): string {
  if (before === undefined) return `${what} is new: ${shown(after)}.`
  if (after === undefined) return `${what} is gone; it was ${shown(before)}.`
  return `${what} was ${shown(before)} and is now ${shown(after)}.`
}

function named(node: Node): string {
  return node.title.toLowerCase() === node.id.toLowerCase() ? node.id : `${node.id} ("${node.title}")`
}
