import { readBranches } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: and-split, branches: [a, b] }` */
export const readAndSplit: NodeReader = (fields, base) => ({ node: { ...base, type: 'and-split' }, outgoing: readBranches(fields) })
