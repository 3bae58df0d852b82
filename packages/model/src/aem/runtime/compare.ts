/**
 * Whether two runtime models are the same workflow.
 */
import type { Metadata } from '../metadata.ts'
import { isEqual } from './equal.ts'
import { type AemNode, type AemRuntime, isGoto, NO_DESCRIPTION, transitionNames } from './runtime.ts'

export interface AemDifference {
  /** `nodes/node3/title`, `transitions/node4#node6/rule`, `metaData/transient`. */
  readonly path: string
  /** What the first and the second have; undefined = nothing. */
  readonly left: unknown
  readonly right: unknown
  /** True for what Sync writes or leaves out as it likes; see {@link AEM_FREE_DIFFERENCES}. */
  readonly isFree: boolean
}

/** Differences between a design that was synced and the runtime model made of it, by name: none of them changes what it does. */
export const AEM_FREE_DIFFERENCES = {
  'metaData/lastSynced': 'when it was synced',
  'metaData/cq:generatingPage': 'where the design stood',
  'metaData/cq:lastModified': 'when it was changed',
  'metaData/cq:lastModifiedBy': 'who changed it',
  'metaData/cq:workflowDetailsPage': 'a property of the design page alone',
  description: '"No Description" stands for none',
  isDefault: '"false" is the same as absent',
  PROCESS_AUTO_ADVANCE: 'Sync adds "true" to a dynamic participant that has none',
  TARGET_NODE_PATH: 'a goto of a runtime model needs only TARGET_NODE_ID',
} as const

/**
 * Every difference, free ones included. Nodes and transitions count in their order; an absent rule is an empty one; ids of nodes
 * count. Two models are the same workflow when no difference is without `isFree`.
 */
export function compareAemRuntime(left: AemRuntime, right: AemRuntime): readonly AemDifference[] {
  return [
    ...difference('title', left.title, right.title),
    ...difference('description', left.description, right.description, isNoDescription),
    ...compareMetadata('metaData', left.metaData, right.metaData, (key) => `metaData/${key}` in AEM_FREE_DIFFERENCES),
    ...compareMaps('variables', left.variables, right.variables),
    ...compareNodes(left.nodes, right.nodes),
    ...compareTransitions(left, right),
  ]
}

function compareNodes(left: readonly AemNode[], right: readonly AemNode[]): readonly AemDifference[] {
  const order = difference(
    'nodes',
    left.map(({ id }) => id),
    right.map(({ id }) => id),
  )
  const pairs = left.flatMap((node) => {
    const other = right.find(({ id }) => id === node.id)
    return other === undefined ? [] : [[node, other] as const]
  })
  return [...order, ...pairs.flatMap(([node, other]) => compareNode(node, other))]
}

function compareNode(left: AemNode, right: AemNode): readonly AemDifference[] {
  const path = `nodes/${left.id}`
  return [
    ...difference(`${path}/type`, left.type, right.type),
    ...difference(`${path}/title`, left.title, right.title),
    ...difference(`${path}/description`, left.description, right.description),
    ...compareMetadata(`${path}/metaData`, left.metaData, right.metaData, (key, a, b) => {
      if (key === 'PROCESS_AUTO_ADVANCE')
        return left.type === 'DYNAMIC_PARTICIPANT' && isEqual([a ?? 'true', b ?? 'true'], ['true', 'true'])
      return key === 'TARGET_NODE_PATH' && isGoto(left) && (a === undefined || b === undefined)
    }),
  ]
}

function compareTransitions(left: AemRuntime, right: AemRuntime): readonly AemDifference[] {
  const names = [transitionNames(left.transitions), transitionNames(right.transitions)] as const
  const order = difference('transitions', names[0], names[1])
  return [
    ...order,
    ...left.transitions.flatMap((transition, i) => {
      const name = names[0][i] ?? ''
      const other = right.transitions[names[1].indexOf(name)]
      if (other === undefined) return []
      return [
        ...difference(`transitions/${name}/rule`, transition.rule ?? '', other.rule ?? ''),
        ...compareMetadata(`transitions/${name}/metaData`, transition.metaData, other.metaData, (key, a, b) => {
          return key === 'isDefault' && isEqual([a ?? 'false', b ?? 'false'], ['false', 'false'])
        }),
      ]
    }),
  ]
}

type IsFree = (key: string, left: unknown, right: unknown) => boolean

function compareMetadata(path: string, left: Metadata, right: Metadata, isFree: IsFree): readonly AemDifference[] {
  return keysOf(left, right).flatMap((key) => difference(`${path}/${key}`, left[key], right[key], (a, b) => isFree(key, a, b)))
}

function compareMaps(path: string, left: AemRuntime['variables'], right: AemRuntime['variables']): readonly AemDifference[] {
  return keysOf(left, right).flatMap((key) => difference(`${path}/${key}`, left[key], right[key]))
}

function difference(
  path: string,
  left: unknown,
  right: unknown,
  isFree: (left: unknown, right: unknown) => boolean = () => false,
): readonly AemDifference[] {
  return isEqual(left, right) ? [] : [{ path, left, right, isFree: isFree(left, right) }]
}

function isNoDescription(left: unknown, right: unknown): boolean {
  return isEqual([left ?? NO_DESCRIPTION, right ?? NO_DESCRIPTION], [NO_DESCRIPTION, NO_DESCRIPTION])
}

function keysOf(left: object, right: object): readonly string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
}
