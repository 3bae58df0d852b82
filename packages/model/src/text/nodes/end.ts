import type { NodeReader } from './reader.ts'

/** Only written to name an end: `{ id: rejected, type: end, title: Rejected }`. */
export const readEnd: NodeReader = (fields, base) => {
  const next = fields.entry('next')
  if (next !== undefined) fields.reading.report('END_CONTINUES', next.keyOffset, `End ${base.id} cannot go on.`, { hint: 'Remove next.' })
  return { node: { ...base, type: 'end' }, outgoing: [] }
}
