import { Document, isMap, isSeq, visit, type Node as YamlNode } from 'yaml'
import type { JsonValue, Model } from '../model.ts'
import { defined } from './defined.ts'
import { printNode } from './print-node.ts'
import { titleFromId } from './title.ts'

/** Widest line before a map or list is broken over several. */
const LINE_WIDTH = 120

/**
 * The YAML text of a model: stable (the same model gives the same text), readable, and read back by `parseModel` as the same model.
 *
 * Left out is what `parseModel` adds by itself: the plain start and end, titles made from ids, `language`.
 *
 * @example printModel(model) // 'id: hello\nnodes:\n  - { id: greet, type: process, task: log, next: end }\n'
 */
export function printModel(model: Model): string {
  const document = new Document(modelFields(model), { aliasDuplicateObjects: false, version: '1.2' })
  compact(document.contents)
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, singleQuote: true })
}

/** The model as plain data in the text form; also what the JSON form is made of. */
export function modelFields(model: Model): { readonly [key: string]: JsonValue } {
  const { id, title, description, payload, payloadSchema, data, transient, locks, multiResource, tags, stages, starters } = model
  return defined({
    id,
    title: title === titleFromId(id) ? undefined : title,
    description,
    payload: payload === (payloadSchema === undefined ? 'none' : 'json') ? undefined : payload,
    payloadSchema,
    data: Object.keys(data).length === 0 ? undefined : data,
    transient,
    locks,
    multiResource,
    tags,
    stages,
    starters,
    retention: model.retention,
    nodes: printedNodes(model),
    imported: model.imported === undefined ? undefined : defined({ ...model.imported }),
  })
}

function printedNodes(model: Model): JsonValue {
  const outgoing = new Map(model.nodes.map((node) => [node.id, model.transitions.filter((transition) => transition.from === node.id)]))
  return model.nodes.filter((node) => !isImplicit(model, node.id)).map((node) => printNode(node, outgoing.get(node.id) ?? []))
}

/** The start and end that `parseModel` would add in the same place. */
function isImplicit(model: Model, id: string): boolean {
  const { nodes, transitions } = model
  const node = nodes.find((candidate) => candidate.id === id)
  if (node === undefined || Object.keys(node).length !== 3 || node.title !== titleFromId(id)) return false
  if (node.type === 'start')
    return id === 'start' && transitions.some((transition) => transition.from === id && transition.to === nodes[1]?.id)
  if (node.type !== 'end' || id !== 'end' || nodes[nodes.length - 1] !== node) return false
  return transitions.some((transition) => transition.to === id) || nodes.every((other) => other === node || other.type !== 'end')
}

/** Short maps and lists go on one line, as people write them. */
function compact(root: YamlNode | null): void {
  visit(root, {
    Node(key, node, path) {
      if (!isMap(node) && !isSeq(node)) return
      // The model, its data and its list of nodes read better as blocks.
      if (path.length < 2 || (path.length === 2 && key === 'value')) return
      if (oneLine(node.toJSON()) <= LINE_WIDTH - path.length) node.flow = true
    },
  })
}

/** Length of a value on one line, about; Infinity when it has a text of several lines. */
function oneLine(value: unknown): number {
  if (typeof value === 'string') return value.includes('\n') ? Number.POSITIVE_INFINITY : value.length + 2
  if (typeof value !== 'object' || value === null) return String(value).length
  const entries = Array.isArray(value) ? value.map((entry) => ['', entry] as const) : Object.entries(value)
  return entries.reduce((sum, [key, entry]) => sum + key.length + 4 + oneLine(entry), 4)
}
