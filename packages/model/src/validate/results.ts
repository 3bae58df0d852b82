import type { JsonValue, Node } from '../model.ts'
import { nearest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { at, type Checked, type ModelRule, warning } from './rule.ts'

/** What steps write into data is declared, so that rules may read it and the screens can name it. */
export const resultsRule: ModelRule = (checked) =>
  checked.model.nodes.flatMap((node) =>
    written(node).flatMap(({ name, part, isDropped }) => undeclared(checked, node, { name, part, isDropped })),
  )

interface Written {
  readonly name: string
  readonly part: string
  /** The value is not even kept when its name is not declared. */
  readonly isDropped: boolean
}

function written(node: Node): readonly Written[] {
  const result = 'result' in node && node.result !== undefined ? [{ name: node.result, part: 'result', isDropped: false }] : []
  if (node.type === 'process' && node.task === 'data.set' && node.result === undefined)
    return keysOf(node.with).map((name) => ({ name, part: `with/${name}`, isDropped: false }))
  if (node.type === 'participant' && node.result === undefined)
    return keysOf(node.form?.properties).map((name) => ({ name, part: 'form', isDropped: true }))
  return result
}

function undeclared({ model }: Checked, node: Node, { name, part, isDropped }: Written): readonly Finding[] {
  if (Object.hasOwn(model.data, name)) return []
  const near = nearest(name, Object.keys(model.data))
  const hint = near === undefined ? `Declare it: data: { ${name}: { type: string } }.` : `Did you mean ${near}?`
  const message = isDropped
    ? `The answer ${name} of ${node.id} is only kept in the history: data ${name} is not declared.`
    : `${node.id} writes data ${name}, which is not declared: no rule can read it.`
  return [warning('RESULT_UNDECLARED', { ...at(node, part), message, hint })]
}

function keysOf(value: JsonValue | undefined): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}
