import { decodeName, decodeProperty } from '../docview.ts'
import { type Metadata, splitType } from '../metadata.ts'
import type { XmlElement } from '../xml.ts'

/** A property of a node as text: the first value, without its type. */
export function property(element: XmlElement, name: string): string | undefined {
  const raw = element.attributes.get(name)?.value
  if (raw === undefined) return undefined
  const value = decodeProperty(raw)
  const first = typeof value === 'string' ? value : value[0]
  return first === undefined ? undefined : splitType(first).text
}

/** A property that is there and not empty. */
export function filledProperty(element: XmlElement, name: string): string | undefined {
  const value = property(element, name)
  return value === '' ? undefined : value
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => decodeName(candidate.name) === name)
}

const STRUCTURAL = ['jcr:primaryType', 'jcr:mixinTypes']

/** All properties of a node and of its children, by relative path; the JCR types of nodes are structure, not metadata. */
export function metadataOf(element: XmlElement | undefined, prefix = ''): Metadata {
  return Object.fromEntries(element === undefined ? [] : entries(element, prefix))
}

function entries(element: XmlElement, prefix: string): readonly (readonly [string, string | readonly string[]])[] {
  const own = [...element.attributes.values()]
    .filter(({ name }) => !STRUCTURAL.includes(name) && !name.startsWith('xmlns'))
    .map(({ name, value }) => [`${prefix}${decodeName(name)}`, decodeProperty(value)] as const)
  return [...own, ...element.children.flatMap((below) => entries(below, `${prefix}${decodeName(below.name)}/`))]
}
