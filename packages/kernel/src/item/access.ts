/** Who may do what with a work item; `rights.ts` says it for screens. */
import { Refusal } from '../refusal.ts'
import { isSettled } from '../step/close.ts'
import type { Step, WorkItemWait } from '../step.ts'
import { stepIsOver, type Turn, waitingStep } from '../turn.ts'
import { type Actor, askedOf, type Principal, personOf } from '../values.ts'

export type ItemStep = Step & { readonly wait: WorkItemWait }

/** The item of an open step that can be acted on now: not suspended, not changed since the person saw it. */
export const openItem = (turn: Turn, input: { readonly step: number; readonly version?: number }): ItemStep => {
  const { status, id } = turn.state
  const step = waitingStep(turn, input.step, 'work-item')
  if (isSettled(turn.state, step.n)) throw stepIsOver(turn, step.n)
  if (status === 'SUSPENDED')
    throw new Refusal('SUSPENDED', `Work item ${id}.${step.n} cannot be changed: its instance is suspended. Resume it first.`)
  if (status !== 'RUNNING') throw new Refusal('WRONG_STATUS', `Work item ${id}.${step.n} cannot be changed: its instance is ${status}.`)
  if (step.incident !== undefined)
    throw new Refusal('WRONG_STATUS', `Work item ${id}.${step.n} cannot be changed: ${step.incident.message}`)
  if (input.version !== undefined && input.version !== step.wait.version) {
    throw new Refusal('ITEM_CHANGED', `Work item ${id}.${step.n} changed since you saw it. Look again, then decide.`, {
      version: step.wait.version,
      ...(step.wait.assignee === undefined ? {} : { assignee: step.wait.assignee }),
      ...(step.wait.claimedAtMs === undefined ? {} : { claimedAtMs: step.wait.claimedAtMs }),
    })
  }
  return step
}

const isAmong = (actor: Actor, principals: readonly Principal[]): boolean => {
  const person = personOf(actor)
  return principals.some((each) => (each.startsWith('user:') ? each.slice(5) === person : actor.groups.includes(each.slice(6))))
}

export const isCandidate = (actor: Actor, item: WorkItemWait): boolean => isAmong(actor, item.candidates)

const excludedFrom = (actor: Actor, item: WorkItemWait) => item.excluded?.find((each) => each.user === personOf(actor))

/** The person may decide the item: assigned to them, or free and among the candidates, or an operator; and not excluded. */
export const mayDecide = (actor: Actor, item: WorkItemWait): boolean => {
  if (excludedFrom(actor, item) !== undefined) return false
  return item.assignee === undefined ? actor.isOperator || isCandidate(actor, item) : item.assignee === personOf(actor)
}

/** Somebody has the item, and it was not theirs alone. */
export const mayGiveBack = ({ assignee, candidates }: WorkItemWait): boolean =>
  assignee !== undefined && candidates.some((each) => each !== `user:${assignee}`)

/** @throws Refusal that says why the person may not decide */
export const assertMayDecide = (turn: Turn, actor: Actor, step: ItemStep): void => {
  const { wait } = step
  if (mayDecide(actor, wait)) return
  const excluded = excludedFrom(actor, wait)
  if (excluded !== undefined)
    throw new Refusal('EXCLUDED', `You may not decide "${wait.title}": ${excluded.reason}.`, { reason: excluded.reason })
  if (wait.assignee === undefined || (!actor.isOperator && !isCandidate(actor, wait))) throw notCandidate(turn, step)
  throw new Refusal(
    'ITEM_CLAIMED',
    `"${wait.title}" is with ${wait.assignee}${wait.claimedAtMs === undefined ? '' : `, who claimed it`}. Ask them to unclaim it, or have it delegated to you.`,
    {
      assignee: wait.assignee,
      ...(wait.claimedAtMs === undefined ? {} : { claimedAtMs: wait.claimedAtMs }),
    },
  )
}

const notCandidate = (turn: Turn, step: ItemStep): Refusal =>
  new Refusal('NOT_CANDIDATE', `Work item ${turn.state.id}.${step.n} is not yours to decide: it is for ${askedOf(step.wait).join(', ')}.`, {
    candidates: step.wait.candidates,
  })
