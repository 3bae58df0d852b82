import { isIdentifier } from '../text/identifier.ts'
import { MAX_NODES } from '../text/limits.ts'
import type { Findings } from './findings.ts'
import { textOf } from './metadata.ts'
import type { AemProblemCode } from './problem-code.ts'
import { type AemRuntime, isGoto } from './runtime/runtime.ts'

/** Reports what no model can be made of: AEM_TOO_LARGE, AEM_NODE_ID, AEM_GRAPH, AEM_GOTO_TARGET. */
export function checkGraph(runtime: AemRuntime, findings: Findings): void {
  const error = (code: AemProblemCode, message: string, node?: string): void =>
    findings.problem('error', { code, message, ...(node === undefined ? {} : { node }) })
  if (runtime.nodes.length > MAX_NODES)
    error('AEM_TOO_LARGE', `The model has ${runtime.nodes.length} nodes; ${MAX_NODES} are read at most.`)
  const ids = new Set<string>()
  for (const { id } of runtime.nodes) {
    if (!isIdentifier(id))
      error('AEM_NODE_ID', `"${id}" cannot be the id of a node: it begins with a letter and has letters, digits, - _ . only.`, id)
    if (ids.has(id)) error('AEM_NODE_ID', `Two nodes have the id ${id}.`, id)
    ids.add(id)
  }
  for (const type of ['START', 'END'] as const) {
    const found = runtime.nodes.filter((node) => node.type === type)
    if (found.length !== 1) error('AEM_GRAPH', `The model has ${found.length} nodes of type ${type}; it must have one.`, found[1]?.id)
  }
  for (const { from, to } of runtime.transitions) {
    const missing = [from, to].find((end) => !ids.has(end))
    if (missing !== undefined)
      error(
        'AEM_GRAPH',
        `The transition from ${from} to ${to} names node ${missing}, which does not exist.`,
        ids.has(from) ? from : undefined,
      )
  }
  for (const node of runtime.nodes.filter(isGoto)) {
    const target = textOf(node.metaData, 'TARGET_NODE_ID')
    const isReported = findings.problems.some((problem) => problem.code === 'AEM_GOTO_TARGET' && problem.node === node.id)
    if (isReported || (target !== undefined && ids.has(target))) continue
    error('AEM_GOTO_TARGET', `Goto "${node.title}" jumps to ${target ?? 'no node'}, which does not exist.`, node.id)
  }
}
