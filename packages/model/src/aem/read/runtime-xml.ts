import type { Position, Problem } from '../../problem.ts'
import { decodeName } from '../docview.ts'
import { type Metadata, textOf } from '../metadata.ts'
import { AEM_NODE_TYPES, type AemNode, type AemNodeType, type AemRuntime, type AemTransition, transitionNames } from '../runtime/runtime.ts'
import type { XmlElement } from '../xml.ts'
import { child, filledProperty, metadataOf, property } from './element.ts'
import { nameInPath, type Reading } from './reading.ts'

/** Properties of a node that are fields of {@link AemNode}; the others are kept with `../` before their name. */
const NODE_FIELDS = ['jcr:primaryType', 'jcr:mixinTypes', 'type', 'title', 'description']

/** Reads a `cq:WorkflowModel`, the form under `/var/workflow/models`. */
export function readRuntimeXml(model: XmlElement): Reading {
  const problems: Problem[] = []
  const nodes = (child(model, 'nodes')?.children ?? []).flatMap((element) => {
    const node = readNode(element, problems)
    return node === undefined ? [] : [{ node, element }]
  })
  const transitions = (child(model, 'transitions')?.children ?? []).map((element) => ({ transition: readTransition(element), element }))
  const metaData = metadataOf(child(model, 'metaData'))
  const description = filledProperty(model, 'description')
  const runtime: AemRuntime = {
    title: property(model, 'title') ?? property(model, 'jcr:title') ?? '',
    ...(description === undefined ? {} : { description }),
    metaData,
    variables: readVariables(child(model, 'variables')),
    nodes: nodes.map(({ node }) => node),
    transitions: transitions.map(({ transition }) => transition),
  }
  const page = textOf(metaData, 'cq:generatingPage')
  const name = page === undefined ? undefined : nameInPath(page)
  const names = transitionNames(runtime.transitions)
  return {
    form: 'runtime',
    runtime,
    ...(name === undefined ? {} : { name }),
    places: {
      nodes: new Map(nodes.map(({ node, element }) => [node.id, element])),
      entries: new Map(nodes.flatMap(({ node, element }) => entryPlaces(node.id, child(element, 'metaData')))),
      rules: new Map(transitions.map(({ element }, i) => [names[i] ?? '', element.attributes.get('rule') ?? element])),
    },
    problems,
  }
}

/** Variables of a design or runtime model by name. */
export function readVariables(variables: XmlElement | undefined): { readonly [name: string]: Metadata } {
  return Object.fromEntries(
    (variables?.children ?? []).map((element) => [property(element, 'name') ?? decodeName(element.name), metadataOf(element)]),
  )
}

/** Where the entries of a node's metadata stand, by `node/key`. */
export function entryPlaces(id: string, metaData: XmlElement | undefined): readonly (readonly [string, Position])[] {
  return [...(metaData?.attributes.values() ?? [])].map((attribute) => [`${id}/${decodeName(attribute.name)}`, attribute])
}

function readNode(element: XmlElement, problems: Problem[]): AemNode | undefined {
  const id = decodeName(element.name)
  const type = AEM_NODE_TYPES.find((known) => known === property(element, 'type'))
  if (type === undefined) {
    problems.push({
      ...at(element),
      code: 'AEM_NODE_TYPE',
      severity: 'error',
      node: id,
      message: unknownType(id, property(element, 'type')),
    })
    return undefined
  }
  const description = filledProperty(element, 'description')
  return {
    id,
    type,
    title: property(element, 'title') ?? '',
    ...(description === undefined ? {} : { description }),
    metaData: { ...metadataOf(child(element, 'metaData')), ...ownProperties(element) },
  }
}

function ownProperties(element: XmlElement): Metadata {
  const rest = { ...element, children: element.children.filter((below) => below.name !== 'metaData') }
  return Object.fromEntries(
    Object.entries(metadataOf(rest))
      .filter(([key]) => !NODE_FIELDS.includes(key))
      .map(([key, value]) => [`../${key}`, value]),
  )
}

function readTransition(element: XmlElement): AemTransition {
  const rule = property(element, 'rule')
  return {
    from: property(element, 'from') ?? '',
    to: property(element, 'to') ?? '',
    ...(rule === undefined ? {} : { rule }),
    metaData: metadataOf(child(element, 'metaData')),
  }
}

export function unknownType(id: string, type: string | undefined): string {
  return `Node ${id} has ${type === undefined ? 'no type' : `type ${type}`}; AEM knows ${AEM_NODE_TYPES.join(', ')}.`
}

export function isNodeType(type: unknown): type is AemNodeType {
  return typeof type === 'string' && (AEM_NODE_TYPES as readonly string[]).includes(type)
}

function at({ line, column }: Position): Position {
  return { line, column }
}
