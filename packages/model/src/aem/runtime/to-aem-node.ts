/**
 * A node of ours as an AEM node. A node that still is what its metadata says goes back word for word; of one that was changed, or
 * never came from AEM, the entries that say what it does are written anew.
 */
import { addDuration } from '../../duration.ts'
import type { ContainerNode, JsonValue, Node, ParticipantNode, ProcessNode, Timeout } from '../../model.ts'
import { type Metadata, metadataValue, without } from '../metadata.ts'
import { typeByMetadata } from '../read/design-step.ts'
import { SILENT } from '../report.ts'
import { toNode } from '../step/step.ts'
import { aemNameOf } from '../step/task-name.ts'
import { isEqual } from './equal.ts'
import { type AemNode, type AemNodeType, GOTO_PROCESS } from './runtime.ts'

/** What AEM has no words for; the sentence goes on after the node's name. */
export type Loss = (message: string) => void

type Written = Pick<AemNode, 'type' | 'metaData'>

const STRUCTURE: { readonly [type in Node['type']]?: AemNodeType } = {
  start: 'START',
  end: 'END',
  'or-split': 'OR_SPLIT',
  'or-join': 'OR_JOIN',
  'and-split': 'AND_SPLIT',
  'and-join': 'AND_JOIN',
}

export function toAemNode(node: Node, lose: Loss): AemNode {
  const { id, title, description } = node
  const named = { id, title, ...(description === undefined ? {} : { description }) }
  const structure = STRUCTURE[node.type]
  if (structure !== undefined) {
    // Sync names splits and joins after their type, whatever the author called them.
    const isNamed = structure === 'START' || structure === 'END'
    return { ...named, title: isNamed ? title : structure, type: structure, metaData: node.metadata ?? {} }
  }
  const original = node.metadata === undefined ? undefined : unchanged(node, named, node.metadata)
  return original ?? { ...named, ...write(node, lose) }
}

function unchanged(node: Node, named: Pick<AemNode, 'id' | 'title' | 'description'>, metaData: Metadata): AemNode | undefined {
  const type = typeByMetadata(metaData)
  const candidate = type === undefined ? undefined : { ...named, type, metaData }
  return candidate !== undefined && isEqual(toNode(candidate, SILENT), node) ? candidate : undefined
}

/** Entries that say what a step does and so are written anew. */
const MEANING = [
  'PROCESS',
  'PROCESS_AUTO_ADVANCE',
  'PARTICIPANT',
  'DYNAMIC_PARTICIPANT',
  'EXTERNAL_PROCESS',
  'CONTAINER',
  'period',
  'timeout',
  'advanceOnTimeout',
  'noretry',
  'timeoutHandler',
  'timeoutMillis',
]

function write(node: Node, lose: Loss): Written {
  const { type, metaData } = writeMeaning(node, lose)
  return { type, metaData: { ...without(node.metadata ?? {}, MEANING), ...metaData } }
}

function writeMeaning(node: Node, lose: Loss): Written {
  switch (node.type) {
    case 'participant':
      return writeParticipant(node, lose)
    case 'process':
      return writeProcess(node, lose)
    case 'container':
      return writeContainer(node, lose)
    case 'goto':
      return { type: 'PROCESS', metaData: { PROCESS: GOTO_PROCESS, PROCESS_AUTO_ADVANCE: 'false' } }
    default:
      lose(`is a ${node.type}, which AEM does not have: it becomes a step that somebody has to advance`)
      return { type: 'PROCESS', metaData: { PROCESS: `millrace.${node.type}`, PROCESS_AUTO_ADVANCE: 'false' } }
  }
}

const INITIATOR_CHOOSER = '/libs/workflow/scripts/initiator-participant-chooser.ecma'

function writeParticipant(node: ParticipantNode, lose: Loss): Written {
  for (const key of ['itemTitle', 'itemDescription', 'form', 'result', 'due', 'priority', 'exclude'] as const) {
    if (node[key] !== undefined) lose(`has ${key}, which AEM's participant step has no place for`)
  }
  const timeouts = writeTimeouts(node.timeouts ?? [], lose)
  const { assign } = node
  switch (assign.kind) {
    case 'user':
      return { type: 'PARTICIPANT', metaData: { PARTICIPANT: assign.user, ...timeouts } }
    case 'group':
      return { type: 'PARTICIPANT', metaData: { PARTICIPANT: assign.group, ...timeouts } }
    case 'initiator':
      return {
        type: 'DYNAMIC_PARTICIPANT',
        metaData: { DYNAMIC_PARTICIPANT: INITIATOR_CHOOSER, PROCESS_AUTO_ADVANCE: 'true', ...timeouts },
      }
    case 'task': {
      const name = aemNameOf(assign.task)
      if (name === undefined) lose(`is assigned by task ${assign.task}: write a participant chooser of that name in AEM`)
      return {
        type: 'DYNAMIC_PARTICIPANT',
        metaData: { DYNAMIC_PARTICIPANT: name ?? assign.task, ...writeArguments(assign.with), ...timeouts },
      }
    }
    default:
      lose(`is assigned ${assign.kind === 'rule' ? 'by a rule' : 'to several candidates'}: write a participant chooser for it in AEM`)
      return { type: 'DYNAMIC_PARTICIPANT', metaData: { DYNAMIC_PARTICIPANT: `millrace.${node.id}`, ...timeouts } }
  }
}

function writeProcess(node: ProcessNode, lose: Loss): Written {
  if (node.result !== undefined) lose('puts its result into data, which AEM leaves to the task')
  if (node.attemptTimeout !== undefined) lose('limits the time of an attempt, which AEM does not')
  const name = processName(node.task, lose)
  const args = writeArguments(node.with ?? {})
  const noRetry: Metadata = node.retry?.attempts === 1 ? { noretry: 'true' } : {}
  if (node.retry !== undefined && node.retry.attempts !== 1) lose('has its own retry policy; AEM has one for all steps')
  if (node.poll === undefined) {
    const metaData = {
      ...args,
      PROCESS: name,
      PROCESS_AUTO_ADVANCE: String(node.autoAdvance),
      ...noRetry,
      ...writeTimeouts(node.timeouts ?? [], lose),
    }
    return { type: 'PROCESS', metaData }
  }
  const { period, timeout, advanceOnTimeout } = node.poll
  return {
    type: 'EXTERNAL_PROCESS',
    metaData: {
      ...args,
      EXTERNAL_PROCESS: name,
      PROCESS_AUTO_ADVANCE: 'true',
      period: String(secondsOf(period)),
      ...(timeout === undefined ? {} : { timeout: String(secondsOf(timeout)) }),
      ...(advanceOnTimeout === true ? { advanceOnTimeout: 'true' } : {}),
      ...noRetry,
    },
  }
}

function processName(task: string, lose: Loss): string {
  if (task === 'noop') return '/libs/workflow/scripts/noop.ecma'
  const name = aemNameOf(task)
  if (name === undefined) lose(`runs task ${task}: write a workflow process of that name in AEM`)
  return name ?? task
}

function writeContainer(node: ContainerNode, lose: Loss): Written {
  for (const key of ['payload', 'with', 'result'] as const)
    if (node[key] !== undefined) lose(`has ${key}, which AEM's container step has no place for`)
  if (node.version !== 'latest') lose(`starts version ${node.version}; AEM starts the newest`)
  return { type: 'CONTAINER', metaData: { CONTAINER: `/var/workflow/models/${node.workflow}` } }
}

const AUTO_ADVANCER = 'com.adobe.granite.workflow.console.timeout.autoadvance.AutoAdvancer'

/** AEM has one deadline per step, with one handler. */
function writeTimeouts(timeouts: readonly Timeout[], lose: Loss): Metadata {
  const [first, ...others] = timeouts
  if (others.length > 0) lose(`has ${timeouts.length} deadlines; AEM has one, the first is written`)
  if (first === undefined) return {}
  const { after, then } = first
  const handler = then.kind === 'route' && then.route === undefined ? AUTO_ADVANCER : then.kind === 'run' ? aemNameOf(then.task) : undefined
  if (after === undefined || handler === undefined) {
    lose('has a deadline that AEM has no handler for')
    return {}
  }
  return { timeoutHandler: handler, timeoutMillis: String(secondsOf(after) * 1000) }
}

/** From the epoch on, so a month counts 31 days. */
function secondsOf(iso: string): number {
  return addDuration(0, iso) / 1000
}

function writeArguments(args: JsonValue): Metadata {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return {}
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, metadataValue(value)]))
}
