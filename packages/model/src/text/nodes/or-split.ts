import { readBranches } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: or-split, branches: [{ when: CEL, to }, { default: true, to }] }` */
export const readOrSplit: NodeReader = (fields, base) => ({ node: { ...base, type: 'or-split' }, outgoing: readBranches(fields) })
