import { normalizeDuration } from '../duration.ts'
import { type JsonSchema, LANGUAGE, type Model, type PayloadKind } from '../model.ts'
import { hasErrors, type Position, type Problem, sortProblems } from '../problem.ts'
import { assemble, type Graph } from './assemble.ts'
import { Fields } from './fields.ts'
import { isIdentifier, readIdentifier } from './identifier.ts'
import { MAX_NODES } from './limits.ts'
import { jsonOf, kindOf, type Located } from './located.ts'
import { type NodeDraft, readNode } from './node.ts'
import { NO_POSITIONS, type Positions } from './positions.ts'
import { readDocument } from './read-document.ts'
import { Reading } from './reading.ts'
import { titleFromId } from './title.ts'
import { readImported } from './values/imported.ts'

export interface ParsedModel {
  /** Absent when there is an error. */
  readonly model?: Model
  /** What could be read in spite of errors, for a live view; its graph is whole (I1 of the model) but may lack parts. */
  readonly draft?: Model
  /** Id as the text says it; absent where it says none that can be one, and `draft` stands under a name nobody gave. */
  readonly id?: string
  /** `draft` has all nodes and transitions of the text, so that its graph may be judged. */
  readonly isGraphWhole: boolean
  /** Every problem of form, in the order of the text. Rules a model must keep are `validateModel`'s and `checkModel`'s. */
  readonly problems: readonly Problem[]
  readonly positions: Positions
}

/**
 * Reads the text form of a model, YAML 1.2 or JSON. Never throws; every problem is reported at once.
 *
 * Limits: 500,000 characters, 64 levels, 200,000 values with aliases expanded, 2,000 nodes.
 *
 * @param options.file named in the default id of a model without one
 * @example
 * const { model, problems } = parseModel('id: hello\nnodes:\n  - { id: greet, type: process, task: log, next: end }')
 */
export function parseModel(text: string, options: { readonly file?: string } = {}): ParsedModel {
  const { root, problems: textProblems, lines } = readDocument(text)
  const reading = new Reading(lines)
  for (const { code, offset, message, hint, severity } of textProblems) {
    reading.report(code, offset, message, { hint, ...(severity === 'warning' ? { severity } : {}) })
  }
  // A text that was cut short is missing what its author did write: nothing more can be said of it.
  const isCut = textProblems.some(({ code }) => code === 'TEXT_ALIASES')
  if (root === undefined || root.kind !== 'map' || isCut) {
    if (!hasErrors(reading.problems)) {
      const hint = 'A model begins with id:, and has nodes:.'
      reading.report('TEXT_NOT_A_MODEL', 0, root === undefined ? 'The text is empty.' : `The text is ${kindOf(root)}, not a model.`, {
        hint,
      })
    }
    return { problems: sortProblems(reading.problems), positions: NO_POSITIONS, isGraphWhole: false }
  }
  const { draft, isGraphWhole, id } = readModel(reading, root, options.file)
  const problems = sortProblems(reading.problems)
  const positions = positionsOf(reading, draft)
  return {
    ...(hasErrors(problems) ? {} : { model: draft }),
    draft,
    ...(id === undefined ? {} : { id }),
    isGraphWhole,
    problems,
    positions,
  }
}

interface ReadModel {
  readonly draft: Model
  readonly isGraphWhole: boolean
  readonly id: string | undefined
}

function readModel(reading: Reading, root: Located, file: string | undefined): ReadModel {
  const fields = new Fields(reading, root, { path: '', what: 'the model' })
  const idAt = fields.take('id')
  fields.missing('id', file === undefined ? 'Give it a short name: id: publish-page.' : `For example id: ${idFromFile(file)}.`)
  const id = idAt === undefined ? undefined : readIdentifier(reading, idAt, 'the model')
  const title = fields.text('title')
  readLanguage(fields)
  const head = readHead(fields)
  const data = readData(fields)
  const { graph, isWhole } = readGraph(fields)
  const imported = readImported(fields)
  fields.finish()
  const draft: Model = {
    id: id ?? 'model',
    title: title ?? titleFromId(id ?? 'model'),
    language: LANGUAGE,
    ...head,
    data,
    nodes: graph.nodes,
    transitions: graph.transitions,
    ...(imported === undefined ? {} : { imported }),
  }
  return { draft, isGraphWhole: isWhole && !graph.isBroken, id }
}

function readLanguage(fields: Fields): void {
  const value = fields.take('language')
  if (value === undefined || jsonOf(value) === LANGUAGE) return
  const shown = value.kind === 'scalar' ? value.source : kindOf(value)
  const hint = `This release knows language ${LANGUAGE}. A newer release may have written the text.`
  fields.reading.report('LANGUAGE_UNKNOWN', value.offset, `Language ${shown} is not known.`, { hint })
}

type Head = Omit<Model, 'id' | 'title' | 'language' | 'data' | 'nodes' | 'transitions' | 'imported'>

function readHead(fields: Fields): Head {
  const description = fields.text('description')
  const payload = fields.word<PayloadKind>('payload', ['path', 'uuid', 'url', 'json', 'none'])
  const payloadSchema = fields.schema('payloadSchema')
  const transient = fields.boolean('transient')
  const locks = fields.texts('locks')
  const multiResource = fields.boolean('multiResource')
  const tags = fields.texts('tags')
  const stages = fields.texts('stages')
  const starters = fields.texts('starters')
  const retention = readRetention(fields)
  return {
    ...(description === undefined ? {} : { description }),
    payload: payload ?? (payloadSchema === undefined ? 'none' : 'json'),
    ...(payloadSchema === undefined ? {} : { payloadSchema }),
    ...(transient === undefined ? {} : { transient }),
    ...(locks === undefined ? {} : { locks }),
    ...(multiResource === undefined ? {} : { multiResource }),
    ...(tags === undefined ? {} : { tags }),
    ...(stages === undefined ? {} : { stages }),
    ...(starters === undefined ? {} : { starters }),
    ...(retention === undefined ? {} : { retention }),
  }
}

function readRetention(fields: Fields): string | undefined {
  const value = fields.take('retention')
  if (value === undefined) return undefined
  const text = value.kind === 'scalar' ? value.source : ''
  if (text === 'forever') return text
  const iso = normalizeDuration(text)
  if (iso === undefined) {
    fields.reading.report('DURATION_INVALID', value.offset, `retention is no duration: ${text}.`, { hint: 'Write P90D, 90d or forever.' })
  }
  return iso
}

const TYPE_WORDS: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array'])

/** `data: { reason: { type: string }, amount: number }`: a JSON Schema each, or the word of a type. */
function readData(fields: Fields): Model['data'] {
  const inner = fields.map('data')
  const data: { [name: string]: JsonSchema } = {}
  for (const { key, keyOffset, value } of inner?.entries() ?? []) {
    if (key in {} || key === '' || key.length > 100) {
      fields.reading.report('ID_INVALID', keyOffset, `"${key.slice(0, 100)}" cannot be the name of data.`, { hint: 'Use another name.' })
      continue
    }
    fields.reading.mark(`${inner?.path ?? ''}/${key}`, value)
    if (value.kind === 'map') data[key] = jsonOf(value) as JsonSchema
    else if (value.kind === 'scalar' && TYPE_WORDS.has(value.source)) data[key] = { type: value.source }
    else {
      const shown = value.kind === 'scalar' && value.source !== '' ? value.source : kindOf(value)
      const hint = 'Write { type: string }; types are string, number, integer, boolean, object, array.'
      fields.reading.report('SCHEMA_INVALID', value.offset, `data ${key} must be a JSON Schema, not ${shown}.`, { hint })
    }
  }
  return data
}

function readGraph(fields: Fields): { readonly graph: Graph; readonly isWhole: boolean } {
  const { reading } = fields
  const value = fields.take('nodes')
  fields.missing('nodes', 'List the steps.')
  const items = value?.kind === 'list' ? value.items : []
  if (value !== undefined && value.kind !== 'list') {
    reading.report('VALUE_TYPE', value.offset, `nodes must be a list, not ${kindOf(value)}.`, {
      hint: 'Begin each node with a dash: - id: review',
    })
  } else if (value !== undefined && items.length === 0) {
    reading.report('NODES_EMPTY', value.offset, 'The model has no nodes.', {
      hint: 'Add one: - { id: greet, type: process, task: log, next: end }',
    })
  }
  if (items.length > MAX_NODES) {
    const hint = 'Split the model with containers.'
    reading.report('VALUE_INVALID', value?.offset ?? 0, `The model has ${items.length} nodes; at most ${MAX_NODES} are allowed.`, { hint })
    return { graph: assemble(reading, []), isWhole: false }
  }
  const drafts: NodeDraft[] = []
  items.forEach((item, i) => {
    const draft = readNode(reading, item, i)
    if (draft !== undefined) drafts.push(draft)
  })
  const unread = reading.problems.length
  const graph = assemble(reading, drafts)
  const isWhole =
    items.length > 0 &&
    drafts.length === items.length &&
    drafts.every((draft) => draft.node !== undefined) &&
    !reading.problems.slice(0, unread).some((problem) => GRAPH_CODES.has(problem.code))
  return { graph, isWhole }
}

/** Problems while reading nodes after which transitions may be missing. */
const GRAPH_CODES: ReadonlySet<string> = new Set([
  'NEXT_MISSING',
  'NEXT_MANY',
  'KEY_MISSING',
  'VALUE_TYPE',
  'ID_INVALID',
  'KEY_CONFLICT',
  'TEXT_ALIASES',
  'TEXT_TOO_DEEP',
])

function positionsOf(reading: Reading, draft: Model): Positions {
  const at = (path: string): Position => {
    const place = reading.paths[path]
    return { line: place?.line ?? 1, column: place?.column ?? 1 }
  }
  const nodes: { [id: string]: Position } = {}
  for (const node of draft.nodes) nodes[node.id] = at(`nodes/${node.id}`)
  return { nodes, transitions: draft.transitions.map((_, i) => at(`transitions/${i}`)), paths: reading.paths }
}

function idFromFile(file: string): string {
  const name = file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '')
  return isIdentifier(name) ? name : 'my-model'
}
