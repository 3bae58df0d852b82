import { type JsonValue, type Node, suggest } from '@millrace/model'
import type { Problem, TaskInfo } from '@millrace/protocol'

/** A problem, and the part of the model it is about, as `positionAt` takes it. */
export interface ArgumentProblem extends Omit<Problem, 'line' | 'column'> {
  readonly path: string
}

/**
 * Arguments whose names do not fit what the task says it takes. Values are templates until the step runs, so only names are judged. Warnings:
 * a binding may still add or replace arguments, and the plugin of today is not the one an instance of next year meets.
 */
export const argumentProblems = (offered: readonly TaskInfo[], node: Node): readonly ArgumentProblem[] => {
  if (node.type !== 'process') return []
  const input = offered.find(({ name }) => name === node.task)?.input
  if (!isMap(input) || !isMap(input['properties'])) return []
  const given = node.with ?? {}
  // One template for all arguments, or a list: nothing to see before it runs.
  if (!isMap(given)) return []
  const known = Object.keys(input['properties'])
  const path = node.with === undefined ? `nodes/${node.id}` : `nodes/${node.id}/with`
  const unknown = input['additionalProperties'] === false ? Object.keys(given).filter((name) => !known.includes(name)) : []
  const missing = namesIn(input['required']).filter((name) => !Object.hasOwn(given, name))
  return [
    ...unknown.map((name) => ({
      ...warning(`${node.title} gives ${node.task} the argument ${name}, which it does not take.`, suggest(name, known)),
      path: `${path}/${name}`,
    })),
    ...missing.map((name) => ({
      ...warning(`${node.title} does not give ${node.task} the argument ${name}, which it needs.`, `Add ${name} to its "with".`),
      path,
    })),
  ]
}

const warning = (message: string, hint: string | undefined): Pick<Problem, 'code' | 'severity' | 'message' | 'hint'> => ({
  code: 'INPUT_INVALID',
  severity: 'warning',
  message,
  ...(hint === undefined ? {} : { hint }),
})

const namesIn = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : []

const isMap = (value: unknown): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
