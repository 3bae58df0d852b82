import type { Metadata } from '../metadata.ts'

/** Node types of AEM's `WorkflowNode.TYPE_*`. */
export const AEM_NODE_TYPES = [
  'START',
  'END',
  'PROCESS',
  'PARTICIPANT',
  'DYNAMIC_PARTICIPANT',
  'EXTERNAL_PROCESS',
  'CONTAINER',
  'OR_SPLIT',
  'OR_JOIN',
  'AND_SPLIT',
  'AND_JOIN',
] as const
export type AemNodeType = (typeof AEM_NODE_TYPES)[number]

/**
 * An AEM model as its engine runs it: what Sync makes of a design, what `/var/workflow/models` holds and what the REST API gives.
 * Metadata is in the notation of {@link Metadata}.
 */
export interface AemRuntime {
  readonly title: string
  readonly description?: string
  readonly metaData: Metadata
  /** Declared variables by name. */
  readonly variables: { readonly [name: string]: Metadata }
  readonly nodes: readonly AemNode[]
  /** In the order they are evaluated. */
  readonly transitions: readonly AemTransition[]
}

export interface AemNode {
  readonly id: string
  readonly type: AemNodeType
  readonly title: string
  readonly description?: string
  /** Keys that begin with `../` are of the node itself: `../timeoutConfiguration/interval`. */
  readonly metaData: Metadata
}

export interface AemTransition {
  readonly from: string
  readonly to: string
  /** Absent and empty alike mean: always. */
  readonly rule?: string
  readonly metaData: Metadata
}

/** What Sync writes for a model without a description. */
export const NO_DESCRIPTION = 'No Description'

/** Class of AEM's Goto step; in a runtime model it is a PROCESS like any other. */
export const GOTO_PROCESS = 'com.adobe.granite.workflow.core.process.GotoProcess'

export function isGoto(node: AemNode): boolean {
  return node.type === 'PROCESS' && ['TARGET_NODE_ID', 'TARGET_NODE_PATH'].some((key) => Object.hasOwn(node.metaData, key))
}

/** Name of a transition, unique in its model: `node1#node2`, and `node1#node2#2` for a second one between the same nodes. */
export function transitionNames(transitions: readonly { readonly from: string; readonly to: string }[]): readonly string[] {
  const seen = new Map<string, number>()
  return transitions.map(({ from, to }) => {
    const name = `${from}#${to}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}
