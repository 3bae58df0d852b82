import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'
import type { ScenarioProblem } from './problem.ts'
import { DEFAULT_START_MS, type Place, type Scenario, ScenarioHead, type ScenarioStep, STEP_SCHEMAS, type StepKind } from './scenario.ts'

const One = z.strictObject({ ...ScenarioHead, steps: z.array(z.unknown()).default([]) })
/** What stands beside `scenarios` holds for each of them. */
const Shared = z.strictObject({
  model: ScenarioHead.model,
  at: ScenarioHead.at,
  people: ScenarioHead.people,
  tasks: ScenarioHead.tasks,
  start: z.record(z.string(), z.unknown()).default({}),
  scenarios: z.array(z.record(z.string(), z.unknown())).min(1),
})

export interface ReadScenarios {
  /** Those without a problem. */
  readonly scenarios: readonly Scenario[]
  readonly problems: readonly ScenarioProblem[]
}

/** A file larger than this is no scenario. */
const MAX_CHARACTERS = 500_000

/**
 * Reads scenarios from YAML: one, or a list under `scenarios` with what they share beside it. Never throws; every problem is reported with its line.
 *
 * @param options.file names scenarios that have no name
 */
export function readScenarios(text: string, options: { readonly file: string }): ReadScenarios {
  if (text.length > MAX_CHARACTERS) return { scenarios: [], problems: [invalid(`The file is longer than ${MAX_CHARACTERS} characters.`)] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', prettyErrors: false })
  const reading: Reading = { document, lines, problems: [] }
  for (const error of document.errors) reading.problems.push({ ...invalid(error.message), ...placeOf(lines, error.pos[0]) })
  if (reading.problems.length > 0) return { scenarios: [], problems: reading.problems }
  const value = valueOf(reading)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const hint = 'Begin with start: and steps:, or with a list of scenarios:.'
    return { scenarios: [], problems: [...reading.problems, { ...invalid('The file holds no scenario.'), hint }] }
  }
  const scenarios = 'scenarios' in value ? readList(reading, value, options.file) : [readOne(reading, value, [], options.file)]
  return { scenarios: scenarios.filter((one) => one !== undefined), problems: reading.problems }
}

interface Reading {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly problems: ScenarioProblem[]
}

type Path = readonly (string | number)[]

const valueOf = (reading: Reading): unknown => {
  try {
    // The default of 100 aliases keeps a small file from becoming a large value.
    return reading.document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    reading.problems.push(invalid((error as Error).message))
    return undefined
  }
}

const readList = (reading: Reading, value: object, file: string): (Scenario | undefined)[] => {
  const shared = parse(reading, Shared, value, [])
  if (shared === undefined) return []
  const { scenarios, start, ...common } = shared
  return scenarios.map((one, index) => {
    const begin = { ...start, ...(typeof one['start'] === 'object' ? one['start'] : {}) }
    const { tasks, ...others } = common
    const merged = { ...others, ...one, start: begin, tasks: { ...tasks, ...(typeof one['tasks'] === 'object' ? one['tasks'] : {}) } }
    return readOne(reading, defined(merged), ['scenarios', index], `${file} ${index + 1}`)
  })
}

const defined = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))

const readOne = (reading: Reading, value: object, path: Path, fallbackName: string): Scenario | undefined => {
  const head = parse(reading, One, value, path)
  if (head === undefined) return undefined
  const before = reading.problems.length
  const steps = head.steps.map((step, index) => readStep(reading, step, [...path, 'steps', index]))
  if (reading.problems.length > before) return undefined
  const { name = fallbackName, model, at, people, start, tasks, expect } = head
  return {
    name,
    atMs: at === undefined ? DEFAULT_START_MS : Date.parse(at),
    start,
    tasks,
    steps: steps.filter((step) => step !== undefined),
    place: place(reading, path),
    expectPlace: place(reading, [...path, 'expect']),
    ...(model === undefined ? {} : { model }),
    ...(people === undefined ? {} : { people }),
    ...(expect === undefined ? {} : { expect }),
  }
}

const KINDS = Object.keys(STEP_SCHEMAS) as readonly StepKind[]
/** Steps whose word is an argument of another one: `task` has a `message`, `restart` has `data`. */
const WEAK: ReadonlySet<string> = new Set(['message', 'data'])

const readStep = (reading: Reading, value: unknown, path: Path): Scenario['steps'][number] | undefined => {
  const given = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const found = KINDS.filter((kind) => given.includes(kind))
  const kind = found.find((one) => !WEAK.has(one)) ?? found[0]
  if (kind === undefined) {
    reading.problems.push({
      ...invalid('This step says nothing to do.'),
      hint: `Write one of ${KINDS.join(', ')}.`,
      ...place(reading, path),
    })
    return undefined
  }
  const step = parse(reading, STEP_SCHEMAS[kind] as z.ZodType<object>, value, path)
  return step === undefined ? undefined : ({ kind, ...step, place: place(reading, path) } as ScenarioStep & { readonly place: Place })
}

const parse = <T>(reading: Reading, schema: z.ZodType<T>, value: unknown, path: Path): T | undefined => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    const at = [...path, ...(issue.path as Path), ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
    const where = at.length === 0 ? '' : `${at.map(String).join('.')}: `
    reading.problems.push({ ...invalid(`${where}${issue.message}`), ...place(reading, at) })
  }
  return undefined
}

/** Place of a value, or of the nearest one around it. */
const place = ({ document, lines }: Reading, path: Path): Place => {
  for (let length = path.length; length >= 0; length--) {
    const at = keyRange(document, path.slice(0, length))
    if (at !== undefined) return placeOf(lines, at)
  }
  return { line: 1, column: 1 }
}

const keyRange = (document: Document.Parsed, path: Path): number | undefined => {
  if (path.length === 0) return document.contents?.range[0]
  const parent = document.getIn(path.slice(0, -1), true)
  const last = path.at(-1)
  if (isMap(parent)) {
    const pair = parent.items.find((item) => String((item.key as { readonly value?: unknown }).value ?? item.key) === String(last))
    return (pair?.key as Node | undefined)?.range?.[0]
  }
  if (isSeq(parent) && typeof last === 'number') return (parent.items[last] as Node | undefined)?.range?.[0]
  return undefined
}

const placeOf = (lines: LineCounter, offset: number): Place => {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

const invalid = (message: string): ScenarioProblem => ({ code: 'SCENARIO_INVALID', severity: 'error', message })
