import type { Node, NodeBase } from '../../model.ts'
import type { Fields } from '../fields.ts'
import type { OutgoingDraft } from '../outgoing.ts'

/** Reads what is particular to a node type; id, title and the like are read before, unknown keys are reported after. */
export type NodeReader = (fields: Fields, base: NodeBase) => { readonly node: Node; readonly outgoing: readonly OutgoingDraft[] }
