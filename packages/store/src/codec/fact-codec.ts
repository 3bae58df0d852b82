/**
 * Facts of one tick as the text of one row: a JSON list with one list per fact, `[type, …what it must say, { …what it may say }]`. A one-step instance
 * writes two such rows, so every letter counts, and nothing is written that the row or its instance says already.
 *
 * The order of `SHAPES` and of the keys in each is the disk format: append, never change.
 */
import type { Fact, FactType, ParentRef, Payload, State } from '@millrace/kernel'
import type { RowContext, StepContext } from '../projections/context.ts'
import { NO_CONTEXT } from '../projections/context.ts'
import { type BlobReader, type BlobWriter, mayRestore, mayShrink, restore, shrink } from './blob.ts'
import { upcastFact } from './upcast.ts'

interface Shape {
  readonly t: FactType
  readonly keys: readonly string[]
}

const SHAPES: readonly Shape[] = [
  { t: 'created', keys: [] },
  { t: 'queued', keys: [] },
  { t: 'admitted', keys: [] },
  { t: 'suspended', keys: [] },
  { t: 'resumed', keys: [] },
  { t: 'cancelling', keys: ['untilMs'] },
  { t: 'ended', keys: ['status'] },
  { t: 'restarted', keys: ['run', 'status', 'data'] },
  { t: 'passed', keys: ['node', 'in', 'out'] },
  { t: 'cleared', keys: ['edges'] },
  { t: 'opened', keys: ['step', 'node', 'wait'] },
  { t: 'turned', keys: ['step', 'wait'] },
  { t: 'closed', keys: ['step'] },
  { t: 'withdrawn', keys: ['step', 'reason'] },
  { t: 'attempt-failed', keys: ['step', 'attempt', 'error'] },
  { t: 'attempt-started', keys: ['step', 'attempt'] },
  { t: 'attempt-returned', keys: ['step', 'attempt'] },
  { t: 'callback', keys: ['step', 'body'] },
  { t: 'incident', keys: ['error'] },
  { t: 'incident-resolved', keys: ['how'] },
  { t: 'claimed', keys: ['step'] },
  { t: 'unclaimed', keys: ['step'] },
  { t: 'assigned', keys: ['step', 'how', 'candidates'] },
  { t: 'commented', keys: ['step', 'text'] },
  { t: 'reminded', keys: ['step'] },
  { t: 'timed-out', keys: ['step', 'timeout', 'timers'] },
  { t: 'data', keys: ['data'] },
  { t: 'message', keys: ['name', 'body'] },
  { t: 'held', keys: ['input'] },
  { t: 'released', keys: [] },
  { t: 'logged', keys: ['call', 'message'] },
  { t: 'published', keys: ['call', 'name', 'body'] },
  { t: 'withdrew', keys: ['call', 'calls'] },
  { t: 'continued', keys: ['call', 'input'] },
  { t: 'ran', keys: [] },
  { t: 'runner-killed', keys: ['kills', 'reason'] },
]

const CODES: ReadonlyMap<string, { readonly code: number; readonly keys: readonly string[]; readonly known: ReadonlySet<string> }> =
  new Map(SHAPES.map(({ t, keys }, code) => [t, { code, keys, known: new Set(['t', 'at', ...keys]) }]))

/** What the instance's own row says, so that its `created` fact need not. */
export interface RowInstance {
  readonly id: string
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly kind: State['kind']
  readonly title: string
  readonly initiator: string
  readonly payload: Payload
  readonly locks: readonly string[]
  readonly parent?: ParentRef
}

type Values = { [key: string]: unknown }
/** Types this release does not know keep all their words. */
type Encoded = [code: number, ...values: unknown[]] | Values

const WAITS: readonly StepContext['waits'][] = ['task', 'work-item', 'timer', 'message', 'callback', 'child']

/** Text of a row. `atMs` is the row's; facts of another time keep theirs. */
export const encodeFacts = (
  facts: readonly Fact[],
  options: { readonly atMs: number; readonly context: RowContext; readonly blobs: BlobWriter },
): string => {
  const { atMs, context, blobs } = options
  const head = context.size === 0 ? [] : [encodeContext(context)]
  const text = JSON.stringify(encodeAll(facts, atMs, head))
  if (!mayShrink(text)) return text
  const small = facts.map((fact) => Object.fromEntries(Object.entries(fact).map(([key, value]) => [key, shrink(value, blobs)])) as Fact)
  return JSON.stringify(encodeAll(small, atMs, head))
}

const encodeAll = (facts: readonly Fact[], atMs: number, head: readonly unknown[]): readonly unknown[] => {
  const encoded = [...head]
  for (const fact of facts) encoded.push(encodeFact(fact, atMs))
  return encoded
}

const encodeFact = (fact: Fact, atMs: number): Encoded => {
  const values = (fact.t === 'created' ? createdValues(fact) : fact) as Values
  const shape = CODES.get(fact.t)
  if (shape === undefined) return fact as Values
  const encoded: Encoded = [shape.code]
  for (const key of shape.keys) {
    const value = values[key]
    if (value === undefined) throw new Error(`A fact "${fact.t}" needs "${key}".`)
    encoded.push(value)
  }
  let rest: Values | undefined
  for (const key in values) {
    if (shape.known.has(key) || values[key] === undefined) continue
    rest ??= {}
    rest[key] = values[key]
  }
  if (fact.at !== atMs) rest = { ...rest, at: fact.at }
  if (rest !== undefined) encoded.push(rest)
  return encoded
}

/** Without what the instance's row says: immutable, so it can be put back word for word. */
const createdValues = (fact: Extract<Fact, { t: 'created' }>): Values => {
  const { id: _i, workspace: _w, workflow: _f, version: _v, kind: _k, title: _t, payload: _p, parent: _r, status, locks, ...rest } = fact
  const values: { -readonly [K in keyof typeof rest]: (typeof rest)[K] } & Values = { ...rest }
  if (status !== 'RUNNING') values['status'] = status
  if (locks !== undefined && locks.length === 0) values['locks'] = locks
  if (fact.for === undefined && fact.by !== undefined && fact.by !== 'system') delete values.by
  return values
}

const created = (values: Values, of: RowInstance): Values => {
  const { id, workspace, workflow, version, kind, title, payload } = of
  const isOwn = values['by'] === undefined && values['for'] === undefined && of.initiator !== 'system'
  return {
    t: 'created',
    id,
    workspace,
    workflow,
    version,
    kind,
    title,
    payload,
    status: 'RUNNING',
    ...(of.locks.length === 0 ? {} : { locks: of.locks }),
    ...(of.parent === undefined ? {} : { parent: of.parent }),
    ...(isOwn ? { by: of.initiator } : {}),
    ...values,
  }
}

const encodeContext = (context: RowContext): { readonly [step: string]: string } =>
  Object.fromEntries(Array.from(context, ([n, { node, waits }]) => [n, WAITS.indexOf(waits) + node]))

const decodeContext = (encoded: { readonly [step: string]: string }): RowContext =>
  new Map(
    Object.entries(encoded).map(
      ([n, text]) => [Number(n), { waits: WAITS[Number(text.charAt(0))] ?? 'task', node: text.slice(1) }] as const,
    ),
  )

export interface DecodedRow {
  readonly facts: readonly Fact[]
  readonly context: RowContext
}

/** Facts of a row, brought forward to the format of this release. */
export const decodeFacts = (
  text: string,
  options: { readonly atMs: number; readonly format: number; readonly instance: RowInstance; readonly blobs: BlobReader },
): DecodedRow => {
  const { atMs, format, instance, blobs } = options
  const parsed: unknown = JSON.parse(text)
  const body = (mayRestore(text) ? restore(parsed, blobs) : parsed) as (Encoded | { readonly [step: string]: string })[]
  const [first] = body
  const hasContext = first !== undefined && !Array.isArray(first) && !('t' in first)
  const facts: Fact[] = []
  for (let index = hasContext ? 1 : 0; index < body.length; index++) {
    facts.push(upcastFact(decodeFact(body[index] as Encoded, atMs, instance), format))
  }
  return { facts, context: hasContext ? decodeContext(first as { readonly [step: string]: string }) : NO_CONTEXT }
}

const decodeFact = (encoded: Encoded, atMs: number, instance: RowInstance): Values => {
  if (!Array.isArray(encoded)) return encoded
  const shape = SHAPES[encoded[0]]
  if (shape === undefined) throw new Error(`Fact of type ${encoded[0]} of instance ${instance.id} is of no known type.`)
  const values: Values = { at: atMs, t: shape.t }
  for (let index = 0; index < shape.keys.length; index++) values[shape.keys[index] as string] = encoded[index + 1]
  Object.assign(values, encoded[shape.keys.length + 1])
  return shape.t === 'created' ? { ...created(values, instance) } : values
}
