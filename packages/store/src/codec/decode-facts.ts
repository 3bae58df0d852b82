/** Facts of a row, as they were written by `encodeFacts`. */
import type { Fact } from '@millrace/kernel'
import { NO_CONTEXT, type RowContext } from '../projections/context.ts'
import { type BlobReader, mayRestore, restore } from './blob.ts'
import { type RowInstance, SHAPES, WAITS } from './fact-shapes.ts'
import { upcastFact } from './upcast.ts'

type Values = { [key: string]: unknown }
/** Types this release has no shape for keep all their words. */
type Encoded = [code: number, ...values: unknown[]] | Values

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

const decodeContext = (encoded: { readonly [step: string]: string }): RowContext =>
  new Map(
    Object.entries(encoded).map(
      ([n, text]) => [Number(n), { waits: WAITS[Number(text.charAt(0))] ?? 'task', node: text.slice(1) }] as const,
    ),
  )
