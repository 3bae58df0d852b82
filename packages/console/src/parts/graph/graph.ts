/**
 * A workflow as it is drawn: boxes joined by lines, in the order of the model. Plain data, so that it crosses a worker boundary.
 *
 * Code workflows and deployment plans can be drawn too: whoever has nodes and edges builds one of these.
 */
import type { Assign, Model, Node, NodeType, Transition } from '@millrace/model'

export interface Graph {
  /** The first is where it begins. Ids are unique. */
  readonly nodes: readonly GraphNode[]
  /** In the order in which they are asked; both ends name nodes. */
  readonly edges: readonly GraphEdge[]
}

export interface GraphNode {
  readonly id: string
  readonly title: string
  /** `block` stands for several nodes that are folded into one. */
  readonly type: NodeType | 'block'
  /** Second line: who decides, which task runs. */
  readonly detail?: string
  /** Nodes inside a folded block. */
  readonly holds?: readonly string[]
}

export interface GraphEdge {
  /** Unique; of a model it is the transition's index, as counterexamples name it. */
  readonly id: string
  readonly from: string
  readonly to: string
  /** Words of the route or rule. */
  readonly label?: string
  readonly style?: 'primary' | 'danger'
  /** Edges it stands for, where a block is folded. */
  readonly carries?: readonly string[]
}

/** A model as a graph. Transitions that name no node (a draft may have them) are left out. */
export function graphOfModel(model: Pick<Model, 'nodes' | 'transitions'>): Graph {
  const known = new Set(model.nodes.map((node) => node.id))
  return {
    nodes: model.nodes.map((node) => {
      const detail = detailOf(node)
      return { id: node.id, title: node.title, type: node.type, ...(detail === undefined ? {} : { detail }) }
    }),
    edges: model.transitions.flatMap((transition, index) =>
      known.has(transition.from) && known.has(transition.to) ? [edgeOf(transition, index)] : [],
    ),
  }
}

function edgeOf(transition: Transition, index: number): GraphEdge {
  const { from, to, route } = transition
  const label = route?.label ?? route?.name ?? ruleText(transition)
  return {
    id: String(index),
    from,
    to,
    ...(label === undefined ? {} : { label }),
    ...(route?.style === undefined ? {} : { style: route.style }),
  }
}

function ruleText({ rule, default: isDefault }: Transition): string | undefined {
  if (rule !== undefined) return typeof rule === 'string' ? rule : 'js'
  return isDefault === true ? 'else' : undefined
}

function detailOf(node: Node): string | undefined {
  switch (node.type) {
    case 'participant':
      return assignText(node.assign)
    case 'process':
      return node.task
    case 'container':
      return node.version === 'latest' ? node.workflow : `${node.workflow} v${node.version}`
    case 'wait':
      return waitText(node.until)
    default:
      return undefined
  }
}

function assignText(assign: Assign): string {
  switch (assign.kind) {
    case 'user':
      return `user:${assign.user}`
    case 'group':
      return `group:${assign.group}`
    case 'initiator':
      return 'initiator'
    case 'candidates':
      return [...assign.users.map((user) => `user:${user}`), ...assign.groups.map((group) => `group:${group}`)].join(', ')
    case 'rule':
      return typeof assign.rule === 'string' ? assign.rule : 'js'
    case 'task':
      return assign.task
  }
}

function waitText(until: Extract<Node, { type: 'wait' }>['until']): string {
  switch (until.kind) {
    case 'duration':
      return until.duration
    case 'date':
      return until.date
    case 'message':
      return until.name
    case 'callback':
      return 'callback'
  }
}
