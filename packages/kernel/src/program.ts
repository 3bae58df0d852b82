import { compileNet, type Model, type Net, type Node, type Transition } from '@millrace/model'
import type { Edge, JsonSchema } from './values.ts'

/** What an instance runs: a graph compiled for the token game, or the description of a code workflow whose function runs elsewhere. */
export type Program = GraphProgram | CodeProgram

export interface GraphProgram {
  readonly kind: 'graph'
  readonly model: Model
  readonly net: Net
  readonly locks: readonly string[]
  readonly isTransient: boolean
}

export interface CodeProgram {
  readonly kind: 'code'
  readonly id: string
  readonly title: string
  readonly locks: readonly string[]
  readonly inputSchema?: JsonSchema
}

/** Compiles a version once; the host keeps it by content hash. */
export const compileProgram = (model: Model): GraphProgram => ({
  kind: 'graph',
  model,
  net: compileNet(model),
  locks: model.locks ?? [],
  isTransient: model.transient === true,
})

export const nodeById = (program: GraphProgram, id: string): Node => {
  const index = program.net.indexOf.get(id)
  const node = index === undefined ? undefined : program.model.nodes[index]
  if (node === undefined) throw new Error(`Model ${program.model.id} has no node ${id}.`)
  return node
}

export const nodeAt = (program: GraphProgram, index: number): Node => {
  const node = program.model.nodes[index]
  if (node === undefined) throw new Error(`Model ${program.model.id} has no node number ${index}.`)
  return node
}

export const indexOf = (program: GraphProgram, id: string): number => {
  const index = program.net.indexOf.get(id)
  if (index === undefined) throw new Error(`Model ${program.model.id} has no node ${id}.`)
  return index
}

export const transitionAt = (program: GraphProgram, edge: Edge): Transition => {
  const transition = program.model.transitions[edge]
  if (transition === undefined) throw new Error(`Model ${program.model.id} has no transition number ${edge}.`)
  return transition
}

/** Node an edge leads to. */
export const targetOf = (program: GraphProgram, edge: Edge): number => {
  const target = program.net.edges[edge]?.to
  if (target === undefined) throw new Error(`Model ${program.model.id} has no transition number ${edge}.`)
  return target
}
