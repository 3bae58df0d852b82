/** Playing a decision whose answer is not known yet: which data is open, and which choices read it. */
import type { Evaluator } from '@millrace/model'
import type { Env } from '../env.ts'
import { type GraphProgram, indexOf, nodeById } from '../program.ts'
import type { Step } from '../step.ts'
import type { JsonValue } from '../values.ts'

/** Names of data whose value is not known; `isAny` where a form may set whatever is declared. */
export interface Unknown {
  readonly names: Set<string>
  readonly isAny: boolean
}

/** What the answer to the item may write into data. */
export const unknownAfter = (program: GraphProgram, { node: id }: Step, routeName: string | undefined): Unknown => {
  const node = nodeById(program, id)
  const outgoing = program.net.outgoing[indexOf(program, id)] ?? []
  const route = outgoing.map((edge) => program.model.transitions[edge]?.route).find((each) => each?.name === routeName)
  const form = route?.form ?? (node.type === 'participant' ? node.form : undefined)
  if (form === undefined) return { names: new Set(), isAny: false }
  if (node.type === 'participant' && node.result !== undefined) return { names: new Set([node.result]), isAny: false }
  const { properties } = form as { readonly properties?: JsonValue }
  const isPlain = typeof properties === 'object' && properties !== null && !('$ref' in form) && !('allOf' in form) && !('oneOf' in form)
  return { names: new Set(isPlain ? Object.keys(properties) : []), isAny: !isPlain }
}

export interface Watchful {
  readonly env: Env
  /** Choices that read unknown data: node → names. */
  readonly touched: Map<string, Set<string>>
  /** Participants whose assignee depends on unknown data. */
  readonly asked: Set<string>
  /** Nodes whose arguments do. */
  readonly given: Set<string>
}

/** The same evaluator, noting which choices read data that is not known yet. Whatever the form says is taken to fit. */
export const watchful = (env: Env, unknown: Unknown): Watchful => {
  const touched = new Map<string, Set<string>>()
  const asked = new Set<string>()
  const given = new Set<string>()
  const { evaluator } = env
  const watch = <T>(
    context: Parameters<Evaluator['rule']>[1],
    run: (watched: typeof context) => T,
    note: (node: string, name: string) => void,
  ): T => {
    const see = (name: string | symbol) => {
      if (typeof name === 'string' && (unknown.isAny || unknown.names.has(name))) note(context.step?.node ?? '', name)
    }
    const data = new Proxy(context.data, {
      get: (target, name) => (see(name), Reflect.get(target, name) as unknown),
      has: (target, name) => (see(name), Reflect.has(target, name)),
      getOwnPropertyDescriptor: (target, name) => (see(name), Reflect.getOwnPropertyDescriptor(target, name)),
    })
    return run({ ...context, data })
  }
  const watching: Evaluator = {
    ...evaluator,
    rule: (source, context) =>
      watch(
        context,
        (watched) => evaluator.rule(source, watched),
        (node, name) => touched.set(node, (touched.get(node) ?? new Set()).add(name)),
      ),
    principals: (source, context) =>
      watch(
        context,
        (watched) => evaluator.principals(source, watched),
        (node) => asked.add(node),
      ),
    template: (value, context) =>
      watch(
        context,
        (watched) => evaluator.template(value, watched),
        (node) => given.add(node),
      ),
  }
  return { env: { ...env, evaluator: watching, validate: () => [] }, touched, asked, given }
}
