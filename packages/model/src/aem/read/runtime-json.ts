import { parseDocument } from 'yaml'
import type { Position, Problem } from '../../problem.ts'
import { MAX_AEM_CHARS, MAX_AEM_DEPTH } from '../limits.ts'
import { type Metadata, metadataValue } from '../metadata.ts'
import { type AemNode, type AemTransition, transitionNames } from '../runtime/runtime.ts'
import { Places } from '../xml.ts'
import { nameInPath, type Reading, START_OF_FILE } from './reading.ts'
import { isNodeType, unknownType } from './runtime-xml.ts'

type Json = { readonly [key: string]: unknown }

/** Reads what `GET /etc/workflow/models/{id}.json` gives. */
export function readRuntimeJson(text: string): Reading | { readonly problem: Problem } {
  const parsed = parse(text)
  if ('problem' in parsed) return parsed
  const { model } = parsed
  if (!Array.isArray(model.nodes) || !Array.isArray(model.transitions)) return { problem: notAModel() }
  const places = new Places(text)
  const problems: Problem[] = []
  const nodePlaces = new Map<string, Position>()
  const nodes = objects(model.nodes).flatMap((json) => {
    const place = places.at(Math.max(0, placeOf(text, 'id', String(json.id))))
    const node = readNode(json, place, problems)
    if (node !== undefined) nodePlaces.set(node.id, place)
    return node === undefined ? [] : [node]
  })
  const transitions = objects(model.transitions).map(readTransition)
  const name = typeof model.id === 'string' ? nameInPath(model.id) : undefined
  return {
    form: 'json',
    runtime: {
      title: textField(model, 'title') ?? '',
      ...description(model),
      metaData: metadataFrom(model.metaData),
      variables: variablesFrom(model.variables),
      nodes,
      transitions,
    },
    ...(name === undefined ? {} : { name }),
    places: { nodes: nodePlaces, entries: new Map(), rules: rulePlaces(text, places, transitions) },
    problems,
  }
}

function parse(text: string): { readonly model: Json } | { readonly problem: Problem } {
  const tooLarge =
    text.length > MAX_AEM_CHARS
      ? `has ${text.length} characters; ${MAX_AEM_CHARS}`
      : isDeep(text)
        ? `nests deeper than ${MAX_AEM_DEPTH} levels; so many`
        : undefined
  if (tooLarge !== undefined) {
    return { problem: { ...START_OF_FILE, code: 'AEM_TOO_LARGE', severity: 'error', message: `The file ${tooLarge} are read at most.` } }
  }
  try {
    const model: unknown = JSON.parse(text)
    return isObject(model) ? { model } : { problem: notAModel() }
  } catch (error) {
    return {
      problem: {
        ...new Places(text).at(breakOf(text, error)),
        code: 'AEM_JSON_MALFORMED',
        severity: 'error',
        message: `The file is not JSON: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'Save the answer of GET /etc/workflow/models/{id}.json as it is.',
      },
    }
  }
}

function isDeep(text: string): boolean {
  let depth = 0
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (mark === '{' || mark === '[') depth += 1
    else if (mark === '}' || mark === ']') depth -= 1
    if (depth > MAX_AEM_DEPTH) return true
  }
  return false
}

/** V8 names the place of some errors only; YAML's parser, which reads JSON too, of the others. */
function breakOf(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(String(error))?.[1]
  if (position !== undefined) return Number(position)
  return parseDocument(text.slice(0, MAX_SEARCHED), { logLevel: 'silent' }).errors[0]?.pos[0] ?? 0
}

/** Characters searched for the place of an error; enough for every real model, and quick. */
const MAX_SEARCHED = 200_000

function readNode(json: Json, place: Position, problems: Problem[]): AemNode | undefined {
  const id = String(json.id)
  if (!isNodeType(json.type)) {
    problems.push({ ...place, code: 'AEM_NODE_TYPE', severity: 'error', node: id, message: unknownType(id, textField(json, 'type')) })
    return undefined
  }
  return { id, type: json.type, title: textField(json, 'title') ?? '', ...description(json), metaData: metadataFrom(json.metaData) }
}

function readTransition(json: Json): AemTransition {
  const rule = textField(json, 'rule')
  return { from: String(json.from), to: String(json.to), ...(rule === undefined ? {} : { rule }), metaData: metadataFrom(json.metaData) }
}

function metadataFrom(json: unknown): Metadata {
  if (!isObject(json)) return {}
  return Object.fromEntries(
    Object.entries(json)
      .filter(([key]) => key !== 'jcr:primaryType')
      .map(([key, value]) => [key, metadataValue(value)]),
  )
}

/** By name, or as a list of `{ name, … }`. */
function variablesFrom(json: unknown): { readonly [name: string]: Metadata } {
  if (Array.isArray(json)) return Object.fromEntries(objects(json).map((variable) => [String(variable.name), metadataFrom(variable)]))
  if (!isObject(json)) return {}
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, variable]) => (isObject(variable) ? [[name, metadataFrom(variable)]] : [])),
  )
}

function description(json: Json): { readonly description?: string } {
  const text = textField(json, 'description')
  return text === undefined || text === '' ? {} : { description: text }
}

/** Positions are looked up in the text: JSON.parse keeps none, and ids are plain words. */
function placeOf(text: string, key: string, value: string): number {
  const found = new RegExp(`"${key}"\\s*:\\s*${escapePattern(JSON.stringify(value))}`).exec(text)
  return found?.index ?? -1
}

function rulePlaces(text: string, places: Places, transitions: readonly AemTransition[]): ReadonlyMap<string, Position> {
  const names = transitionNames(transitions)
  return new Map(
    transitions.flatMap(({ rule }, i) => {
      const offset = rule === undefined || rule === '' ? -1 : placeOf(text, 'rule', rule)
      return offset < 0 ? [] : [[names[i] ?? '', places.at(offset)] as const]
    }),
  )
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function notAModel(): Problem {
  return {
    ...START_OF_FILE,
    code: 'AEM_NOT_A_MODEL',
    severity: 'error',
    message: 'The JSON is no workflow model: it has no lists named nodes and transitions.',
    hint: 'Give the answer of GET /etc/workflow/models/{id}.json.',
  }
}

function objects(list: readonly unknown[]): readonly Json[] {
  return list.filter(isObject)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textField(json: Json, key: string): string | undefined {
  const value = json[key]
  return typeof value === 'string' ? value : undefined
}
