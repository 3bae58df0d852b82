import { readNext } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: or-join, next }` */
export const readOrJoin: NodeReader = (fields, base) => ({ node: { ...base, type: 'or-join' }, outgoing: readNext(fields) })
