/**
 * The steps of an instance as its facts tell them: what each was given, tried and answered. Pure, so that the page, the comparison of tries and the
 * tests read the same.
 */
import type { HistoryEntry } from '@millrace/protocol'

type JsonValue = HistoryEntry['details'][string]

export interface StepRecord {
  readonly step: number
  readonly node: string
  /** Of a work item, as it was made; else the reader takes the node's. */
  readonly title?: string
  readonly run: number
  readonly waits: StepWait
  readonly pass?: number
  readonly openedAtMs: number
  readonly endedAtMs?: number
  readonly end?: 'closed' | 'skipped' | 'withdrawn' | 'failed'
  readonly task?: string
  readonly child?: string
  readonly message?: string
  readonly input?: JsonValue
  readonly output?: JsonValue
  readonly error?: StepError
  readonly route?: string
  readonly comment?: string
  /** Data of the instance that it set. */
  readonly data?: { readonly [name: string]: JsonValue }
  readonly by?: string
  readonly onBehalfOf?: string
  readonly attempts: readonly Attempt[]
  /** Everything that happened with it, in order. */
  readonly facts: readonly HistoryEntry[]
}

export type StepWait = 'task' | 'work-item' | 'timer' | 'message' | 'callback' | 'child'

export interface StepError {
  readonly code: string
  readonly message: string
  readonly stack?: string
}

/** One try of a task. */
export interface Attempt {
  readonly number: number
  readonly fromMs: number
  readonly toMs?: number
  readonly error?: StepError
  readonly output?: JsonValue
  /** When the next one begins. */
  readonly retryAtMs?: number
}

type Changing = { -readonly [K in keyof StepRecord]: StepRecord[K] } & { attempts: Attempt[]; facts: HistoryEntry[] }

/** In the order they began. Of a step that began before the facts given, nothing is said. */
export const stepsOf = (facts: readonly HistoryEntry[]): readonly StepRecord[] => {
  const steps = new Map<number, Changing>()
  for (const fact of facts) {
    if (fact.step === undefined) continue
    if (fact.type === 'opened') steps.set(fact.step, opened(fact, fact.step))
    const step = steps.get(fact.step)
    if (step === undefined) continue
    step.facts.push(fact)
    tell(step, fact)
  }
  return [...steps.values()]
}

const opened = (fact: HistoryEntry, step: number): Changing => {
  const record: Changing = { step, node: fact.node ?? '', run: fact.run, waits: 'task', openedAtMs: fact.atMs, attempts: [], facts: [] }
  const { pass } = fact.details
  if (typeof pass === 'number') record.pass = pass
  return record
}

const tell = (step: Changing, fact: HistoryEntry): void => {
  const { details, atMs } = fact
  switch (fact.type) {
    case 'opened':
    case 'turned':
      endAttempt(step, atMs, {})
      return wait(step, details.wait, atMs)
    case 'attempt-started':
      step.attempts.push({ number: typeof details.attempt === 'number' ? details.attempt : step.attempts.length + 1, fromMs: atMs })
      return
    case 'attempt-failed': {
      const error = errorOf(details.error)
      return endAttempt(step, atMs, {
        ...(error === undefined ? {} : { error }),
        ...(typeof details.retryAtMs === 'number' ? { retryAtMs: details.retryAtMs } : {}),
      })
    }
    case 'attempt-returned':
      return endAttempt(step, atMs, details.output === undefined ? {} : { output: details.output })
    case 'closed': {
      const error = errorOf(details.error)
      endAttempt(step, atMs, {
        ...(error === undefined ? {} : { error }),
        ...(details.output === undefined ? {} : { output: details.output }),
      })
      step.endedAtMs = atMs
      step.end = details.skipped === true ? 'skipped' : error === undefined ? 'closed' : 'failed'
      if (error !== undefined) step.error = error
      if (details.output !== undefined) step.output = details.output
      if (typeof details.route === 'string') step.route = details.route
      if (typeof details.comment === 'string') step.comment = details.comment
      if (isRecord(details.data)) step.data = details.data
      if (fact.by !== undefined) step.by = fact.by
      if (fact.onBehalfOf !== undefined) step.onBehalfOf = fact.onBehalfOf
      return
    }
    case 'withdrawn':
      endAttempt(step, atMs, {})
      step.endedAtMs = atMs
      step.end = 'withdrawn'
      return
    case 'incident': {
      const error = errorOf(details.error)
      if (error !== undefined) step.error = error
      return
    }
    case 'incident-resolved':
      delete step.error
      break
    default:
  }
}

const wait = (step: Changing, given: JsonValue | undefined, atMs: number): void => {
  if (!isRecord(given)) return
  step.waits = (WAITS as readonly unknown[]).includes(given.kind) ? (given.kind as StepWait) : 'task'
  if (typeof given.title === 'string') step.title = given.title
  if (typeof given.task === 'string') step.task = given.task
  if (typeof given.child === 'string') step.child = given.child
  if (step.waits === 'message' && typeof given.name === 'string') step.message = given.name
  const input = given.input ?? given.initial
  if (input !== undefined) step.input = input
  if (step.waits === 'task') step.attempts.push({ number: typeof given.attempt === 'number' ? given.attempt : 1, fromMs: atMs })
}

const WAITS: readonly StepWait[] = ['task', 'work-item', 'timer', 'message', 'callback', 'child']

const endAttempt = (step: Changing, toMs: number, how: Pick<Attempt, 'error' | 'output' | 'retryAtMs'>): void => {
  const last = step.attempts.at(-1)
  if (last !== undefined && last.toMs === undefined) step.attempts[step.attempts.length - 1] = { ...last, toMs, ...how }
}

const isRecord = (value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const errorOf = (value: JsonValue | undefined): StepError | undefined => {
  if (!isRecord(value) || typeof value.code !== 'string') return undefined
  return {
    code: value.code,
    message: typeof value.message === 'string' ? value.message : '',
    ...(typeof value.stack === 'string' ? { stack: value.stack } : {}),
  }
}
