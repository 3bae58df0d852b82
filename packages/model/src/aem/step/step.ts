import type { Node, NodeBase } from '../../model.ts'
import type { StepReport } from '../report.ts'
import { type AemNode, isGoto } from '../runtime/runtime.ts'
import { readDynamicParticipant, readParticipant } from './participant.ts'
import { readContainer, readExternalProcess, readProcess } from './process.ts'
import { plainText } from './task-name.ts'
import { isTaskStep, readTaskStep } from './task-step.ts'

/**
 * One node of an AEM model as a node of ours. A pure function of the node, so that export can ask whether a node still is what its
 * metadata says.
 */
export function toNode(node: AemNode, report: StepReport): Node {
  const base = baseOf(node, report)
  switch (node.type) {
    case 'START':
      return { ...base, type: 'start' }
    case 'END':
      return { ...base, type: 'end' }
    case 'OR_SPLIT':
      return { ...base, type: 'or-split' }
    case 'OR_JOIN':
      return { ...base, type: 'or-join' }
    case 'AND_SPLIT':
      return { ...base, type: 'and-split' }
    case 'AND_JOIN':
      return { ...base, type: 'and-join' }
    case 'PARTICIPANT':
      return { ...base, ...readParticipant(node, report) }
    case 'DYNAMIC_PARTICIPANT':
      return { ...base, ...readDynamicParticipant(node, report) }
    case 'EXTERNAL_PROCESS':
      return { ...base, ...readExternalProcess(node, report) }
    case 'CONTAINER':
      return { ...base, ...readContainer(node, report) }
    case 'PROCESS':
      if (isGoto(node)) return { ...base, type: 'goto' }
      return isTaskStep(node) ? { ...base, ...readTaskStep(node, report) } : { ...base, ...readProcess(node, report) }
  }
}

function baseOf({ id, title, description, metaData }: AemNode, report: StepReport): NodeBase {
  if (title.includes('{{')) report.note('its title has double braces, which would be taken for an expression: they are written apart')
  return {
    id,
    title: title === '' ? id : plainText(title),
    ...(description === undefined ? {} : { description }),
    ...(Object.keys(metaData).length === 0 ? {} : { metadata: metaData }),
  }
}
