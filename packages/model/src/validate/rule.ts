import type { Declarations } from '../expression/context.ts'
import type { Model, Node, Transition } from '../model.ts'
import type { Net } from '../net/net.ts'
import type { Finding } from '../problem.ts'
import type { ProblemCode } from '../problem-code.ts'

/** What a rule looks at. The graph is whole: every transition names nodes (`graph.ts` saw to it). */
export interface Checked {
  readonly model: Model
  readonly net: Net
  readonly declarations: Declarations
  readonly nodes: ReadonlyMap<string, Node>
  readonly outgoing: ReadonlyMap<string, readonly Transition[]>
  readonly incoming: ReadonlyMap<string, readonly Transition[]>
  /** Other workflows by id, where the caller knows them. */
  readonly others?: ReadonlyMap<string, Pick<Model, 'nodes'> | undefined>
}

/** One concept a model must keep; answers every breach of it. A new rule is a file beside this one and a line in `validate-model.ts`. */
export type ModelRule = (checked: Checked) => readonly Finding[]

export interface FindingParts {
  readonly path: string
  readonly message: string
  readonly hint?: string | undefined
  readonly node?: string
  readonly offset?: number
}

export function error(code: ProblemCode, parts: FindingParts): Finding {
  return finding(code, 'error', parts)
}

export function warning(code: ProblemCode, parts: FindingParts): Finding {
  return finding(code, 'warning', parts)
}

function finding(code: ProblemCode, severity: Finding['severity'], { hint, ...parts }: FindingParts): Finding {
  return { code, severity, ...parts, ...(hint === undefined ? {} : { hint }) }
}

/** A finding about a node, at a part of it. */
export function at(node: Node, part?: string): { readonly path: string; readonly node: string } {
  return { path: part === undefined ? `nodes/${node.id}` : `nodes/${node.id}/${part}`, node: node.id }
}

/** A finding about a transition, at a part of it. */
export function atTransition(model: Model, transition: Transition, part?: string): { readonly path: string; readonly node: string } {
  const path = `transitions/${model.transitions.indexOf(transition)}`
  return { path: part === undefined ? path : `${path}/${part}`, node: transition.from }
}
