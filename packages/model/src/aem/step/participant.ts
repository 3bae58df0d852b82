import type { Assign, ParticipantNode } from '../../model.ts'
import { isTrue, type Metadata, textOf, textsOf, without } from '../metadata.ts'
import type { StepReport } from '../report.ts'
import type { AemNode } from '../runtime/runtime.ts'
import { assignTo, readPrincipal } from './principal.ts'
import { aemTask, argumentsOf } from './task-name.ts'
import { readTimeouts } from './timeout.ts'

type ParticipantParts = Pick<ParticipantNode, 'type' | 'assign' | 'timeouts'>

/** PARTICIPANT: one user or one group. */
export function readParticipant({ metaData }: AemNode, report: StepReport): ParticipantParts {
  const name = textOf(metaData, 'PARTICIPANT')
  noteForms(metaData, report)
  if (name === undefined) report.note('names no participant, so it is given to the initiator')
  return {
    type: 'participant',
    assign: name === undefined ? { kind: 'initiator' } : named(name, report),
    ...readTimeouts(metaData, report),
  }
}

/** DYNAMIC_PARTICIPANT: whom a chooser names. */
export function readDynamicParticipant({ metaData }: AemNode, report: StepReport): ParticipantParts {
  noteForms(metaData, report)
  return { type: 'participant', assign: readChooser(metaData, report), ...readTimeouts(metaData, report) }
}

function named(name: string, report: StepReport): Assign {
  const principal = readPrincipal(name)
  report.assignment(name, principal, 'PARTICIPANT')
  return assignTo(principal)
}

/** AEM's own and the one of its documentation; a project's class of that name may do anything. */
const INITIATOR_CHOOSER =
  /^(?:(?:\/libs|\/etc|\/apps)\/.*\/)?initiator-participant-chooser\.ecma$|^com\.(?:adobe|day)\..*\.(?:Workflow)?Initiator(?:ParticipantChooser|Chooser)$|^Workflow Initiator Participant Chooser\b/
const RANDOM_CHOOSER = /^com\.(?:adobe|day)\..*\.RandomParticipantChooser$|^Random Participant Chooser\b/

function readChooser(metaData: Metadata, report: StepReport): Assign {
  const chooser = textOf(metaData, 'DYNAMIC_PARTICIPANT')
  if (chooser === undefined) {
    report.note('names no participant chooser, so it is given to the initiator')
    return { kind: 'initiator' }
  }
  if (INITIATOR_CHOOSER.test(chooser)) return { kind: 'initiator' }
  const candidates = RANDOM_CHOOSER.test(chooser) ? namesIn(metaData) : []
  if (candidates.length > 0) return anyOf(candidates, report)
  report.unbound('chooser', chooser, 'DYNAMIC_PARTICIPANT')
  return { kind: 'task', task: aemTask(chooser), with: argumentsOf(without(metaData, CHOOSER_KEYS)) }
}

/** Keys that say how the step works, not what the chooser is given. */
const CHOOSER_KEYS = [
  'DYNAMIC_PARTICIPANT',
  'PROCESS_AUTO_ADVANCE',
  'DO_NOTIFY',
  'DIALOG_PATH',
  'FORM_PATH',
  'timeoutHandler',
  'timeoutMillis',
]

function namesIn(metaData: Metadata): readonly string[] {
  return textsOf(metaData, 'PROCESS_ARGS')
    .flatMap((text) => text.split(/[,;\n]/))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

/** Chance is no way to share work: whoever of them is free takes it. */
function anyOf(names: readonly string[], report: StepReport): Assign {
  const principals = names.map(readPrincipal)
  for (const [i, principal] of principals.entries()) report.assignment(names[i] ?? '', principal, 'PROCESS_ARGS')
  report.note(`AEM picks one of ${names.join(', ')} by chance; here any of them may take it`, 'DYNAMIC_PARTICIPANT')
  return {
    kind: 'candidates',
    users: principals.filter(({ as }) => as === 'user').map(({ name }) => name),
    groups: principals.filter(({ as }) => as === 'group').map(({ name }) => name),
  }
}

/** Dialogs and forms live in AEM's repository, outside the model. */
function noteForms(metaData: Metadata, report: StepReport): void {
  for (const key of ['DIALOG_PATH', 'FORM_PATH']) {
    const path = textOf(metaData, key)
    if (path !== undefined)
      report.note(`its ${key === 'FORM_PATH' ? 'form' : 'dialog'} ${path} is not part of the model: describe it under form`, key)
  }
  if (isTrue(metaData, 'DO_NOTIFY')) report.note('AEM also sends the participant a mail; that is left out', 'DO_NOTIFY')
}
