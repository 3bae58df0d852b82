import { readNext } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** Most branches a join may count. */
const MAX_NEED = 1_000

/** `{ id, type: and-join, need: 2, next }` */
export const readAndJoin: NodeReader = (fields, base) => {
  const need = fields.number('need', { min: 1, max: MAX_NEED, isInteger: true })
  return { node: { ...base, type: 'and-join', ...(need === undefined ? {} : { need }) }, outgoing: readNext(fields) }
}
