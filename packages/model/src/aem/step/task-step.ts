/**
 * AEM's Task step: a PROCESS whose class makes a Task in somebody's inbox and waits. The chosen action is written to the workflow's
 * data as `lastTaskAction`, which rules of later splits read; so the form of the work item asks for it under that name.
 */
import type { Assign, JsonSchema, ParticipantNode } from '../../model.ts'
import { type Metadata, textOf, textsOf } from '../metadata.ts'
import type { StepReport } from '../report.ts'
import type { AemNode } from '../runtime/runtime.ts'
import { assignTo, readPrincipal } from './principal.ts'
import { plainText } from './task-name.ts'
import { readTimeouts } from './timeout.ts'

export const LAST_TASK_ACTION = 'lastTaskAction'

const PRIORITIES: { readonly [name: string]: number } = { high: 75, medium: 50, low: 25 }

export function isTaskStep({ type, metaData }: AemNode): boolean {
  return type === 'PROCESS' && /\.(?:Project)?TaskWorkflowProcess$/.test(textOf(metaData, 'PROCESS') ?? '')
}

export function readTaskStep({ metaData }: AemNode, report: StepReport): Omit<ParticipantNode, 'id' | 'title' | 'description'> {
  const itemTitle = plainText(textOf(metaData, 'argTaskName'))
  const itemDescription = plainText(textOf(metaData, 'argTaskDescription'))
  const days = textOf(metaData, 'argTaskDueDeltaDays')
  const priority = PRIORITIES[textOf(metaData, 'argTaskPriority')?.toLowerCase() ?? '']
  const actions = textsOf(metaData, 'argActions')
    .map((action) => action.trim())
    .filter((action) => action !== '')
  for (const key of ['script', 'onCreateScript']) {
    if (textOf(metaData, key) !== undefined) report.note(`its ${key}, which AEM runs when it makes the task, is left out`, key)
  }
  return {
    type: 'participant',
    assign: owner(metaData, report),
    ...(itemTitle === undefined ? {} : { itemTitle }),
    ...(itemDescription === undefined ? {} : { itemDescription }),
    ...(actions.length === 0 ? {} : { form: actionForm(actions) }),
    ...(days === undefined || !/^\d{1,5}$/.test(days) ? {} : { due: `P${Number(days)}D` }),
    ...(priority === undefined ? {} : { priority }),
    ...readTimeouts(metaData, report),
  }
}

/** Whether the step asks for an action, so that the model must declare where the answer goes. */
export function hasActions({ metaData }: AemNode): boolean {
  return textsOf(metaData, 'argActions').some((action) => action.trim() !== '')
}

function owner(metaData: Metadata, report: StepReport): Assign {
  const key = ['argTaskOwner', 'argTaskRole'].find((candidate) => textOf(metaData, candidate) !== undefined)
  const name = key === undefined ? undefined : textOf(metaData, key)
  if (name === undefined || key === undefined) {
    report.note('the task names no owner, so it is given to the initiator')
    return { kind: 'initiator' }
  }
  const principal = readPrincipal(name)
  report.assignment(name, principal, key)
  return assignTo(principal)
}

function actionForm(actions: readonly string[]): JsonSchema {
  return {
    type: 'object',
    required: [LAST_TASK_ACTION],
    properties: { [LAST_TASK_ACTION]: { type: 'string', title: 'Action', enum: [...new Set(actions)] } },
  }
}
