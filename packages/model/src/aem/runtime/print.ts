/** Runtime models as FileVault writes them: one attribute per line, names with a prefix first. */
import { encodeName, encodeProperty } from '../docview.ts'
import type { Metadata } from '../metadata.ts'
import { type AemNode, type AemRuntime, type AemTransition, transitionNames } from './runtime.ts'

type Value = string | readonly string[]

interface Element {
  readonly name: string
  readonly properties: { readonly [name: string]: Value }
  readonly children: readonly Element[]
}

const NAMESPACES: { readonly [prefix: string]: string } = {
  sling: 'http://sling.apache.org/jcr/sling/1.0',
  granite: 'http://www.adobe.com/jcr/granite/1.0',
  cq: 'http://www.day.com/jcr/cq/1.0',
  dam: 'http://www.day.com/dam/1.0',
  fd: 'http://www.adobe.com/aemfd/fd/1.0',
  jcr: 'http://www.jcp.org/jcr/1.0',
  mix: 'http://www.jcp.org/jcr/mix/1.0',
  nt: 'http://www.jcp.org/jcr/nt/1.0',
  rep: 'internal',
}

const UNSTRUCTURED = { 'jcr:primaryType': 'nt:unstructured' }

/**
 * The file for `/var/workflow/models/<id>.xml` of a content package. `parseAemRuntime` reads it back as it was.
 *
 * A prefix outside JCR's, Sling's and AEM's own gets the namespace `urn:<prefix>`: register yours in the file before installing.
 */
export function printAemRuntime(runtime: AemRuntime): string {
  const root: Element = {
    name: 'jcr:root',
    properties: {
      'jcr:primaryType': 'cq:WorkflowModel',
      'sling:resourceType': 'cq/workflow/components/model',
      ...(runtime.description === undefined ? {} : { description: runtime.description }),
      title: runtime.title,
    },
    children: [
      unstructured('metaData', runtime.metaData),
      ...(Object.keys(runtime.variables).length === 0 ? [] : [variablesElement(runtime.variables)]),
      { name: 'nodes', properties: UNSTRUCTURED, children: runtime.nodes.map(nodeElement) },
      transitionsElement(runtime.transitions),
    ],
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(root, 0, namespaces(root))}`
}

function nodeElement({ id, type, title, description, metaData }: AemNode): Element {
  const own = Object.entries(metaData)
    .filter(([key]) => key.startsWith('../'))
    .map(([key, value]) => [key.slice(3), value] as const)
  const inside = Object.entries(metaData).filter(([key]) => !key.startsWith('../'))
  const extra = unstructured(id, Object.fromEntries(own))
  return {
    name: id,
    properties: {
      ...extra.properties,
      'jcr:primaryType': 'cq:WorkflowNode',
      ...(description === undefined ? {} : { description }),
      title,
      type,
    },
    children: [unstructured('metaData', Object.fromEntries(inside)), ...extra.children],
  }
}

function transitionsElement(transitions: readonly AemTransition[]): Element {
  const names = transitionNames(transitions)
  return {
    name: 'transitions',
    properties: UNSTRUCTURED,
    children: transitions.map(({ from, to, rule, metaData }, i) => ({
      name: names[i] ?? '',
      properties: { 'jcr:primaryType': 'cq:WorkflowTransition', from, ...(rule === undefined ? {} : { rule }), to },
      children: [unstructured('metaData', metaData)],
    })),
  }
}

function variablesElement(variables: AemRuntime['variables']): Element {
  return {
    name: 'variables',
    properties: UNSTRUCTURED,
    children: Object.entries(variables).map(([name, metadata]) => unstructured(name, metadata)),
  }
}

/** Entries with a path become properties of child nodes. */
function unstructured(name: string, metadata: Metadata): Element {
  const below = new Map<string, { [key: string]: Value }>()
  const properties: { [key: string]: Value } = { ...UNSTRUCTURED }
  for (const [key, value] of Object.entries(metadata)) {
    const slash = key.indexOf('/')
    if (slash < 0) {
      properties[key] = value
      continue
    }
    const inner = below.get(key.slice(0, slash)) ?? {}
    inner[key.slice(slash + 1)] = value
    below.set(key.slice(0, slash), inner)
  }
  return { name, properties, children: [...below].map(([child, entries]) => unstructured(child, entries)) }
}

function print(element: Element, depth: number, declarations: string): string {
  const indent = '    '.repeat(depth)
  const attributes = Object.entries(element.properties)
    .map(([name, value]) => ({ name: encodeName(name), value: escapeXml(encodeProperty(value)) }))
    .sort((a, b) => compareNames(a.name, b.name))
    .map(({ name, value }) => `${name}="${value}"`)
  const isShort = attributes.length === 1 && declarations === ''
  const open = `${indent}<${encodeName(element.name)}${declarations}${isShort ? ` ${attributes[0]}` : attributes.map((attribute) => `\n${indent}    ${attribute}`).join('')}`
  if (element.children.length === 0) return `${open}/>\n`
  return `${open}>\n${element.children.map((child) => print(child, depth + 1, '')).join('')}${indent}</${encodeName(element.name)}>\n`
}

/** Prefixed names first, then by letters without regard to case, as FileVault does. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => `${name.includes(':') ? '0' : '1'}${name.toLowerCase()}`)
  if (left === right) return a < b ? -1 : 1
  return (left ?? '') < (right ?? '') ? -1 : 1
}

function namespaces(root: Element): string {
  const found = new Set(['sling', 'cq', 'jcr', 'nt'])
  const visit = (element: Element): void => {
    for (const name of [element.name, ...Object.keys(element.properties)]) {
      const prefix = /^([A-Za-z_][\w.-]*):/.exec(name)?.[1]
      if (prefix !== undefined) found.add(prefix)
    }
    for (const child of element.children) visit(child)
  }
  visit(root)
  return [...found].map((prefix) => ` xmlns:${prefix}="${NAMESPACES[prefix] ?? `urn:${prefix}`}"`).join('')
}

function escapeXml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xa;')
    .replaceAll('\r', '&#xd;')
}
