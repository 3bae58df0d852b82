import type { Node, NodeBase, NodeType } from '../model.ts'
import { nearest } from '../nearest.ts'
import { Fields } from './fields.ts'
import { readIdentifier } from './identifier.ts'
import { kindOf, type Located } from './located.ts'
import { NODE_READERS, NODE_TYPES } from './nodes/readers.ts'
import type { OutgoingDraft } from './outgoing.ts'
import type { Reading } from './reading.ts'
import { titleFromId } from './title.ts'
import { readMetadata } from './values/metadata.ts'
import { readTimeouts } from './values/timeout.ts'

export interface NodeDraft {
  readonly id: string
  /** Undefined when it is too broken to be a node; its id still counts as known. */
  readonly node?: Node
  readonly outgoing: readonly OutgoingDraft[]
  readonly offset: number
}

/** Most passes anybody may allow a loop; an endless one needs a wait or a new instance. */
const MAX_PASSES = 1_000_000

/** One entry of `nodes:`; undefined when it is no map. */
export function readNode(reading: Reading, value: Located, index: number): NodeDraft | undefined {
  if (value.kind !== 'map') {
    const hint = 'Write - { id: review, type: participant, … }.'
    reading.report('VALUE_TYPE', value.offset, `Node ${index + 1} must be a map, not ${kindOf(value)}.`, { hint })
    return undefined
  }
  const written = value.entries.find((entry) => entry.key === 'id')?.value
  const id = written === undefined ? undefined : readIdentifier(reading, written, `node ${index + 1}`)
  const name = id ?? `#${index + 1}`
  reading.node = id
  const fields = new Fields(reading, value, { path: `nodes/${name}`, what: `node ${name}` })
  reading.markOffset(fields.path, value.offset)
  fields.take('id')
  fields.missing('id')
  const type = readType(fields)
  const typed = type === undefined ? { outgoing: [] } : readTyped(fields, type, name)
  if (type !== undefined) fields.finish()
  reading.node = undefined
  return { id: name, ...typed, offset: value.offset }
}

function readType(fields: Fields): NodeType | undefined {
  const value = fields.take('type')
  if (value === undefined) {
    fields.missing('type', guessType(fields) ?? `Use one of: ${NODE_TYPES.join(', ')}.`)
    return undefined
  }
  const text = value.kind === 'scalar' ? value.source : kindOf(value)
  const type = NODE_TYPES.find((candidate) => candidate === text)
  if (type !== undefined) return type
  const near = nearest(text, NODE_TYPES)
  const hint = near === undefined ? (SYNONYMS[text.toLowerCase()] ?? `Use one of: ${NODE_TYPES.join(', ')}.`) : `Did you mean ${near}?`
  fields.reading.report('NODE_TYPE_UNKNOWN', value.offset, `There is no node type ${text}.`, { hint })
  return undefined
}

/** Words of neighbouring systems. */
const SYNONYMS: { readonly [word: string]: string } = {
  task: 'Use process for automatic work, participant for a person.',
  step: 'Use process for automatic work, participant for a person.',
  usertask: 'Use participant.',
  human: 'Use participant.',
  approval: 'Use participant with routes.',
  service: 'Use process.',
  script: 'Use process with task: script.javascript.',
  timer: 'Use wait with for: or until:.',
  delay: 'Use wait with for:.',
  gateway: 'Use or-split for one branch, and-split for all.',
  decision: 'Use or-split.',
  switch: 'Use or-split.',
  parallel: 'Use and-split.',
  fork: 'Use and-split.',
  join: 'Use and-join after an and-split, or-join after an or-split.',
  workflow: 'Use container.',
  subprocess: 'Use container.',
}

function guessType(fields: Fields): string | undefined {
  if (fields.has('assign')) return 'It looks like type: participant.'
  if (fields.has('task')) return 'It looks like type: process.'
  if (fields.has('workflow')) return 'It looks like type: container.'
  if (fields.has('branches')) return 'It looks like type: or-split or and-split.'
  return undefined
}

function readTyped(fields: Fields, type: NodeType, id: string): { readonly node: Node; readonly outgoing: readonly OutgoingDraft[] } {
  const title = fields.text('title')
  const description = fields.text('description')
  const stage = fields.text('stage')
  const timeouts = readTimeouts(fields)
  const metadata = readMetadata(fields, 'metadata')
  const maxPasses = fields.number('maxPasses', { min: 1, max: MAX_PASSES, isInteger: true })
  const base: NodeBase = {
    id,
    title: title ?? titleFromId(id),
    ...(description === undefined ? {} : { description }),
    ...(stage === undefined ? {} : { stage }),
    ...(timeouts === undefined ? {} : { timeouts }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(maxPasses === undefined ? {} : { maxPasses }),
  }
  return NODE_READERS[type](fields, base)
}
