import { addDuration, type ParticipantNode } from '@millrace/model'
import type { Wait, WorkItemWait } from '../step.ts'
import type { Turn } from '../turn.ts'
import { askedOf, type Failure, type Principal } from '../values.ts'
import { contextOf, evaluated } from './context.ts'

export interface Chosen {
  readonly assignee?: string
  readonly candidates: readonly Principal[]
}

/** The work item of a participant, checked before the instance waits on it: somebody must be able to answer (DESIGN 8.4). */
export const participantWait = (turn: Turn, node: ParticipantNode, chosen: Chosen): { readonly wait: Wait; readonly error?: Failure } => {
  const context = contextOf(turn, node)
  const texts = evaluated(() => ({
    title: node.itemTitle === undefined ? node.title : turn.env.evaluator.text(node.itemTitle, context),
    description: node.itemDescription === undefined ? undefined : turn.env.evaluator.text(node.itemDescription, context),
    dueAtMs: dueOf(turn, node),
  }))
  const excluded = excludedOf(turn, node)
  const wait: WorkItemWait = {
    kind: 'work-item',
    title: texts.ok ? texts.value.title : node.title,
    candidates: chosen.candidates,
    priority: node.priority ?? turn.state.priority,
    version: 1,
    ...(chosen.assignee === undefined ? {} : { assignee: chosen.assignee }),
    ...(texts.ok && texts.value.description !== undefined ? { description: texts.value.description } : {}),
    ...(texts.ok && texts.value.dueAtMs !== undefined ? { dueAtMs: texts.value.dueAtMs } : {}),
    ...(excluded.length === 0 ? {} : { excluded }),
  }
  if (!texts.ok) return { wait, error: texts.error }
  const error = nobodyCanAnswer(turn, chosen, excluded)
  return error === undefined ? { wait } : { wait, error }
}

/** The failure when no candidate can answer and may; undefined when somebody can. */
export const nobodyCanAnswer = (turn: Turn, chosen: Chosen, excluded: NonNullable<WorkItemWait['excluded']> = []): Failure | undefined => {
  const who = askedOf(chosen)
  const able = who.filter((principal) => turn.env.people.canAnswer(principal))
  const reasonAgainst = (principal: Principal) => excluded.find(({ user }) => principal === `user:${user}`)?.reason
  if (able.some((principal) => reasonAgainst(principal) === undefined)) return undefined
  if (able.length > 0) {
    return {
      code: 'ASSIGNEE_UNKNOWN',
      message: `Nobody may answer: ${able.map((principal) => `${principal} is excluded (${reasonAgainst(principal)})`).join(', ')}. Assign it to somebody else, then retry; or skip the step.`,
      details: { who: [...who] },
    }
  }
  return {
    code: 'ASSIGNEE_UNKNOWN',
    message: `Nobody can answer: ${who.join(', ') || 'nobody was chosen'} is unknown, inactive or an empty group. Add the person or a member, then retry.`,
    details: { who: [...who] },
  }
}

const dueOf = (turn: Turn, node: ParticipantNode): number | undefined => {
  if (node.due === undefined) return undefined
  return node.due.startsWith('P') ? addDuration(turn.env.nowMs, node.due) : turn.env.evaluator.date(node.due, contextOf(turn, node))
}

const excludedOf = (turn: Turn, node: ParticipantNode): { readonly user: string; readonly reason: string }[] => {
  const excluded: { user: string; reason: string }[] = []
  for (const rule of node.exclude ?? []) {
    if (rule === 'initiator') excluded.push({ user: turn.state.initiator, reason: 'you started it' })
    else if (rule.startsWith('user:')) excluded.push({ user: rule.slice(5), reason: 'the model excludes you' })
    else if (rule.startsWith('step:')) {
      const user = turn.state.decidedBy[rule.slice(5)]
      if (user !== undefined) excluded.push({ user, reason: `you decided ${rule.slice(5)}` })
    }
  }
  return excluded
}
