import { readNext } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** Only written to give the start a title or another id: `{ id: start, type: start, title: Submitted, next: review }`. */
export const readStart: NodeReader = (fields, base) => ({ node: { ...base, type: 'start' }, outgoing: readNext(fields) })
