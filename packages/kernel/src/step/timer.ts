import { addDuration, type Node, type Timeout } from '@millrace/model'
import { contextOf, evaluated } from '../graph/context.ts'
import { chosenBy } from '../graph/open-step.ts'
import { nobodyCanAnswer } from '../graph/participant.ts'
import type { StepInput } from '../input.ts'
import { giveUpCancel } from '../run/cancel.ts'
import type { Step } from '../step.ts'
import { effect, record, type Turn } from '../turn.ts'
import { askedOf, type Principal } from '../values.ts'
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
  if (step.incident !== undefined) return
  const { wait } = step
  const { nowMs } = turn.env
  if (wait.kind === 'timer' && wait.dueAtMs <= nowMs) return closeStep(turn, step)
  if (wait.kind === 'message' && wait.dueAtMs !== undefined && wait.dueAtMs <= nowMs) return closeStep(turn, step, { output: null })
  if (wait.kind === 'task' && wait.retryAtMs !== undefined && wait.retryAtMs <= nowMs) nextAttempt(turn, step)
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
  // What failed already keeps its cause, and nobody is asked for what cannot be decided; but the author may have said how to go on.
  if (step.incident !== undefined && then.kind !== 'route' && then.kind !== 'run') return
  switch (then.kind) {
    case 'remind':
      return remind(turn, step)
    case 'reassign':
    case 'escalate':
      return hand(turn, step, node, then)
    case 'route':
      stopWork(turn, step, 'Its time was over.')
      return closeStep(turn, step, then.route === undefined ? {} : { route: then.route })
    case 'run':
      return runBeside(turn, node, then)
    case 'fail':
      stopWork(turn, step, 'Its time was over.')
      return openIncident(turn, step.n, {
        code: 'TIMED_OUT',
        message: `${node.title} was not complete within ${timeout.after ?? 'its time'}. Retry gives it another try, skip goes on without it.`,
      })
  }
}

const remind = (turn: Turn, step: Step): void => {
  record(turn, { t: 'reminded', step: step.n })
  effect(turn, { kind: 'notify', step: step.n, reason: 'reminded', to: step.wait.kind === 'work-item' ? askedOf(step.wait) : [] })
}

/** One at a time: a task that fails at every repetition would pile up incidents, and the instance could not complete before each was dealt with. */
const runBeside = (turn: Turn, node: Node, then: Extract<Timeout['then'], { kind: 'run' }>): void => {
  const isOpen = Object.values(turn.state.steps).some(
    ({ isSide, node: of, wait }) => isSide === true && of === node.id && wait.kind === 'task' && wait.task === then.task,
  )
  if (isOpen) return
  const n = turn.state.lastStep + 1
  const input = evaluated(() => (then.with === undefined ? undefined : turn.env.evaluator.template(then.with, contextOf(turn, node))))
  record(turn, {
    t: 'opened',
    step: n,
    node: node.id,
    side: true,
    wait: { kind: 'task', task: then.task, attempt: 1, ...(input.ok && input.value !== undefined ? { input: input.value } : {}) },
  })
  if (input.ok) startAttempt(turn, n)
  else openIncident(turn, n, input.error)
}

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
      // Of versions synced before they were refused: JavaScript and tasks answer too late for a deadline.
      case 'rule':
        return typeof to.rule === 'string' ? turn.env.evaluator.principals(to.rule, contextOf(turn, node)) : []
      case 'task':
        return []
    }
  })
  // A deadline that finds nobody who may decide must not lose the item: it stays where it is, and people are reminded.
  if (!principals.ok) return remind(turn, step)
  const chosen = chosenBy(principals.value)
  if (nobodyCanAnswer(turn, chosen, step.wait.excluded) !== undefined) return remind(turn, step)
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
