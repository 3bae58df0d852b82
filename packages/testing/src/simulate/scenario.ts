/**
 * A scenario: what happens to an instance of a draft, given by hand, and what must have become of it. Plain data; `read-scenarios.ts` reads it
 * from YAML, a test may write it as it is.
 */
import type { JsonValue } from '@millrace/model'
import { z } from 'zod'

const Values = z.record(z.string(), z.json())
const Who = z.string().min(1)
const Comment = z.string().optional()

/** One action by its first key, the others beside it. Every shape is strict: a misspelt key is a problem and not a step that does less. */
export const STEP_SCHEMAS = {
  /** A person decides the open work item of a node. */
  complete: z.strictObject({
    complete: z.string(),
    route: z.string().optional(),
    answer: Values.optional(),
    comment: Comment,
    by: Who.optional(),
  }),
  claim: z.strictObject({ claim: z.string(), by: Who.optional() }),
  delegate: z.strictObject({ delegate: z.string(), to: z.string(), by: Who.optional(), comment: Comment }),
  'step-back': z.strictObject({ 'step-back': z.string(), to: z.string().optional(), by: Who.optional(), comment: Comment }),
  /** What the running attempt of a node or task gives: a result, or so many failures, with the time between the tries passing. */
  task: z
    .strictObject({
      task: z.string(),
      returns: z.json().optional(),
      fails: z.union([z.literal(true), z.number().int().min(1).max(1000)]).optional(),
      code: z.string().optional(),
      message: z.string().optional(),
      retryable: z.boolean().optional(),
    })
    .refine((step) => step.fails === undefined || step.returns === undefined, 'Give returns or fails, not both'),
  /** Lets time pass: a duration, or until a date. What falls due meanwhile happens, in its order. */
  wait: z.strictObject({ wait: z.string() }),
  message: z.strictObject({ message: z.string(), key: z.string().optional(), body: z.json().default(null) }),
  /** Answers a step that waits for its callback. */
  callback: z.strictObject({ callback: z.string(), body: z.json().default(null) }),
  /** How the child instance of a container ends. */
  child: z.strictObject({
    child: z.string(),
    status: z.enum(['COMPLETED', 'FAILED', 'ABORTED']).default('COMPLETED'),
    data: Values.default({}),
  }),
  retry: z.strictObject({ retry: z.string(), data: Values.optional() }),
  skip: z.strictObject({ skip: z.string(), route: z.string().optional(), output: z.json().optional() }),
  data: z.strictObject({ data: Values }),
  suspend: z.strictObject({ suspend: z.union([z.string(), z.literal(true)]) }),
  resume: z.strictObject({ resume: z.literal(true) }),
  cancel: z.strictObject({ cancel: z.union([z.string(), z.literal(true)]) }),
  terminate: z.strictObject({ terminate: z.union([z.string(), z.literal(true)]) }),
  restart: z.strictObject({ restart: z.union([z.string(), z.literal(true)]), data: Values.optional() }),
  /** What must be true at this point. */
  expect: z.strictObject({ expect: z.lazy(() => Expectation) }),
} as const

export type StepKind = keyof typeof STEP_SCHEMAS
type StepOf<K extends StepKind> = { readonly kind: K } & z.output<(typeof STEP_SCHEMAS)[K]>
export type ScenarioStep = { [K in StepKind]: StepOf<K> }[StepKind]

/** An open work item; only what is given is compared. */
const ItemExpectation = z.strictObject({
  node: z.string(),
  title: z.string().optional(),
  /** `user:ana`, `group:editors`, or a list of candidates. */
  for: z.union([z.string(), z.array(z.string())]).optional(),
  routes: z.array(z.string()).optional(),
  /** Time from now until it is due: `2d`. */
  dueIn: z.string().optional(),
})

export const Expectation = z.strictObject({
  status: z.enum(['RUNNING', 'SUSPENDED', 'CANCELLING', 'COMPLETED', 'FAILED', 'ABORTED']).optional(),
  /** Values that must stand in the data; others may stand beside them. */
  data: Values.optional(),
  /** Every node that did work, in the order its steps opened: the whole way. */
  nodes: z.array(z.string()).optional(),
  /** Nodes that must have been passed, in any order. */
  passed: z.array(z.string()).optional(),
  /** Nodes that must not have been passed. */
  notPassed: z.array(z.string()).optional(),
  /** Nodes with an open step, all of them. */
  open: z.array(z.string()).optional(),
  /** Open work items, all of them. */
  items: z.array(ItemExpectation).optional(),
  /** The open incident; null = there is none. */
  incident: z.strictObject({ node: z.string().optional(), code: z.string().optional() }).nullable().optional(),
  /** Attempts made, in order: the task, or the task with values of its input. */
  tasks: z.array(z.union([z.string(), z.strictObject({ task: z.string(), input: Values.optional() })])).optional(),
  /** People told by mail or chat, in order: `editors opened`. */
  notified: z.array(z.string()).optional(),
})
export type Expectation = z.output<typeof Expectation>

export const Start = z.strictObject({
  /** A path, or `{ kind: url, ref: … }`, or `{ json: … }`. */
  payload: z
    .union([z.string(), z.strictObject({ kind: z.enum(['path', 'uuid', 'url']), ref: z.string() }), z.strictObject({ json: z.json() })])
    .optional(),
  data: Values.default({}),
  by: Who.default('author'),
  title: z.string().optional(),
})

export const ScenarioHead = {
  name: z.string().optional(),
  /** Model file, beside the scenario; absent = `publish-page.yaml` for `publish-page.test.yaml`. */
  model: z.string().optional(),
  /** When it begins. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Groups and their members. Where it is given, nobody else exists; absent = everybody does. */
  people: z.record(z.string(), z.array(z.string())).optional(),
  start: Start.prefault({}),
  /** What tasks return where no step says otherwise, by task or node. */
  tasks: Values.default({}),
  expect: Expectation.optional(),
} as const

/** Where a part of a scenario stands in its file; both are 1-based. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface Scenario {
  readonly name: string
  readonly model?: string
  readonly atMs: number
  readonly people?: { readonly [group: string]: readonly string[] }
  readonly start: z.output<typeof Start>
  readonly tasks: { readonly [taskOrNode: string]: JsonValue }
  readonly steps: readonly (ScenarioStep & { readonly place?: Place })[]
  readonly expect?: Expectation
  readonly place?: Place
  readonly expectPlace?: Place
}

/** When scenarios begin that do not say: a Monday morning, so that durations and dates read easily. */
export const DEFAULT_START_MS = Date.UTC(2026, 0, 5, 9)
