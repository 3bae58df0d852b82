import type { WorkItemInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { by, effect, record, type Turn } from '../turn.ts'
import { assertMayDecide, openItem } from './access.ts'

/** Hands the item to another person or group, who must be able to answer and must not be excluded. Operators may hand on any item. */
export const delegate = (turn: Turn, input: Extract<WorkItemInput, { kind: 'delegate' }>): void => {
  const step = openItem(turn, input)
  if (!input.by.isOperator) assertMayDecide(turn, input.by, step)
  const { to } = input
  if (!turn.env.people.canAnswer(to))
    throw new Refusal('ASSIGNEE_UNKNOWN', `Cannot delegate to ${to}: unknown, inactive or an empty group.`, { to })
  const excluded = step.wait.excluded?.find((each) => to === `user:${each.user}`)
  if (excluded !== undefined)
    throw new Refusal('EXCLUDED', `Cannot delegate "${step.wait.title}" to ${excluded.user}: ${excluded.reason}.`, { to })
  const isUser = to.startsWith('user:')
  record(turn, {
    t: 'assigned',
    step: step.n,
    how: 'delegated',
    ...(isUser ? { assignee: to.slice(5) } : {}),
    // A group that gets it becomes the candidates; for a person the old candidates stay, so that it can be given back.
    candidates: isUser ? [...new Set([...step.wait.candidates, to])] : [to],
    ...(input.comment === undefined ? {} : { comment: input.comment }),
    ...by(input.by),
  })
  effect(turn, { kind: 'notify', step: step.n, reason: 'reassigned', to: [to] })
}
