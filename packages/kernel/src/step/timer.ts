import { addDuration, type Node, type Timeout } from '@millrace/model'
import { contextOf, evaluated } from '../graph/context.ts'
import { chosenBy } from '../graph/open-step.ts'
import type { StepInput } from '../input.ts'
import { giveUpCancel } from '../run/cancel.ts'
import type { Step } from '../step.ts'
import { effect, record, type Turn } from '../turn.ts'
import type { Principal } from '../values.ts'
import { closeStep } from './close.ts'
import { openIncident } from './incident.ts'
import { nextAttempt } from './retry.ts'
import { nodeOf, startAttempt } from './start-attempt.ts'
import { stopWork } from './withdraw.ts'

/** How much an escalation raises the priority, of 100. */
const ESCALATION_STEP = 20

/** A timer is due. One that no longer exists, or is not due by the tick's time, is ignored: a clock set back fires nothing twice. */
export const timer = (turn: Turn, input: Extract<StepInput, { kind: 'timer' }>): void => {
  if (input.step === 0) return giveUpCancel(turn)
  const step = turn.state.steps[input.step]
  if (step === undefined || turn.state.status !== 'RUNNING') return
  if (input.timeout !== undefined) return deadline(turn, step, input.timeout)
  const { wait } = step
  const { nowMs } = turn.env
  if (wait.kind === 'timer' && wait.dueAtMs <= nowMs) return closeStep(turn, step)
  if (wait.kind === 'message' && wait.dueAtMs !== undefined && wait.dueAtMs <= nowMs) return closeStep(turn, step, { output: null })
  if (wait.kind === 'task' && wait.retryAtMs !== undefined && wait.retryAtMs <= nowMs && step.incident === undefined)
    nextAttempt(turn, step)
}

const deadline = (turn: Turn, step: Step, index: number): void => {
  const due = step.timers?.find((each) => each.timeout === index)
  const node = nodeOf(turn, step)
  const timeout = node?.timeouts?.[index]
  if (due === undefined || due.dueAtMs > turn.env.nowMs || node === undefined || timeout === undefined) return
  const timers = (step.timers ?? []).filter((each) => each.timeout !== index)
  const isRepeated = timeout.every !== undefined && (timeout.then.kind === 'remind' || timeout.then.kind === 'run')
  if (isRepeated && timeout.every !== undefined)
    timers.push({ timeout: index, dueAtMs: nextAfter(due.dueAtMs, timeout.every, turn.env.nowMs) })
  record(turn, { t: 'timed-out', step: step.n, timeout: index, timers })
  fire(turn, step, node, timeout)
}

/** The next repetition after now: what was missed while the host was down fires once. */
const nextAfter = (dueAtMs: number, every: string, nowMs: number): number => {
  let next = addDuration(dueAtMs, every)
  if (next <= nowMs) next = addDuration(nowMs, every)
  return next
}

const fire = (turn: Turn, step: Step, node: Node, timeout: Timeout): void => {
  const { then } = timeout
  switch (then.kind) {
    case 'remind':
      record(turn, { t: 'reminded', step: step.n })
      return effect(turn, { kind: 'notify', step: step.n, reason: 'reminded', to: whoWaits(step) })
    case 'reassign':
    case 'escalate':
      return hand(turn, step, node, then)
    case 'route':
      stopWork(turn, step, 'Its time was over.')
      return closeStep(turn, step, then.route === undefined ? {} : { route: then.route })
    case 'run': {
      const n = turn.state.lastStep + 1
      const input = evaluated(() => (then.with === undefined ? undefined : turn.env.evaluator.template(then.with, contextOf(turn, node))))
      record(turn, {
        t: 'opened',
        step: n,
        node: node.id,
        side: true,
        wait: { kind: 'task', task: then.task, attempt: 1, ...(input.ok && input.value !== undefined ? { input: input.value } : {}) },
      })
      return input.ok ? startAttempt(turn, n) : openIncident(turn, n, input.error)
    }
    case 'fail':
      stopWork(turn, step, 'Its time was over.')
      return openIncident(turn, step.n, {
        code: 'TIMED_OUT',
        message: `${node.title} was not complete within ${timeout.after ?? 'its time'}. Retry gives it another try, skip goes on without it.`,
      })
  }
}

const whoWaits = (step: Step): readonly Principal[] =>
  step.wait.kind !== 'work-item' ? [] : step.wait.assignee === undefined ? step.wait.candidates : [`user:${step.wait.assignee}`]

/**
 * Reassign gives the item away. Escalate adds people, who may decide it as well as those before, and raises the priority: it is nobody's alone from then on,
 * because whoever had it did not act in time.
 */
const hand = (turn: Turn, step: Step, node: Node, then: Extract<Timeout['then'], { kind: 'reassign' | 'escalate' }>): void => {
  if (step.wait.kind !== 'work-item') return
  const to = then.to
  const principals = evaluated((): readonly string[] => {
    switch (to.kind) {
      case 'user':
        return [`user:${to.user}`]
      case 'initiator':
        return [`user:${turn.state.initiator}`]
      case 'group':
        return [`group:${to.group}`]
      case 'candidates':
        return [...to.users.map((user) => `user:${user}`), ...to.groups.map((group) => `group:${group}`)]
      case 'rule':
        return typeof to.rule === 'string' ? turn.env.evaluator.principals(to.rule, contextOf(turn, node)) : []
      case 'task':
        return []
    }
  })
  // A deadline that cannot find anybody must not lose the item: it stays where it is, and people are reminded.
  if (!principals.ok || !principals.value.some((each) => turn.env.people.canAnswer(each as Principal))) {
    record(turn, { t: 'reminded', step: step.n })
    return effect(turn, { kind: 'notify', step: step.n, reason: 'reminded', to: whoWaits(step) })
  }
  const chosen = chosenBy(principals.value)
  if (then.kind === 'reassign') {
    record(turn, { t: 'assigned', step: step.n, how: 'reassigned', ...chosen })
    return effect(turn, { kind: 'notify', step: step.n, reason: 'reassigned', to: chosen.candidates })
  }
  const { assignee, candidates, priority } = step.wait
  record(turn, {
    t: 'assigned',
    step: step.n,
    how: 'escalated',
    candidates: [
      ...new Set<Principal>([...(assignee === undefined ? [] : [`user:${assignee}` as const]), ...candidates, ...chosen.candidates]),
    ],
    priority: Math.min(100, priority + ESCALATION_STEP),
  })
  effect(turn, { kind: 'notify', step: step.n, reason: 'escalated', to: chosen.candidates })
}
