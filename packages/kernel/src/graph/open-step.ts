import { addDuration, type Node, type ParticipantNode } from '@millrace/model'
import { indexOf } from '../program.ts'
import { closeStep } from '../step/close.ts'
import { openIncident } from '../step/incident.ts'
import { takeKeptMessage } from '../step/message.ts'
import { startAttempt } from '../step/start-attempt.ts'
import type { StepTimer, Wait } from '../step.ts'
import { effect, graphOf, record, stepOf, type Turn } from '../turn.ts'
import { askedOf, type Failure, type Payload, type Principal } from '../values.ts'
import { contextOf, evaluated } from './context.ts'
import type { Arrival } from './enter.ts'
import { chooseOut, needsJavaScript, RULE_TASK, scriptsOf } from './leave.ts'
import { type Chosen, participantWait } from './participant.ts'

/** What a step of a node waits for, or why it cannot be known. */
type Opening = { readonly wait: Wait; readonly error?: Failure }

/** Opens a step of a node that has work or a wait. `isBlank`: only the step, for an incident on it. @returns its number. */
export const openStep = (turn: Turn, node: Node, arrival: Arrival & { readonly isBlank?: boolean }): number => {
  const n = turn.state.lastStep + 1
  const opening: Opening = arrival.isBlank === true ? { wait: { kind: 'callback' } } : openingOf(turn, node, n)
  const timers = opening.error === undefined && arrival.isBlank !== true ? timersOf(turn, node) : { value: [] }
  record(turn, {
    t: 'opened',
    step: n,
    node: node.id,
    ...(arrival.in.length === 0 ? {} : { in: arrival.in }),
    wait: opening.wait,
    ...(timers.value.length === 0 ? {} : { timers: timers.value }),
    ...(arrival.pass === undefined ? {} : { pass: arrival.pass }),
  })
  const error = opening.error ?? timers.error
  if (error !== undefined) openIncident(turn, n, error)
  else if (arrival.isBlank !== true) begin(turn, n)
  return n
}

/** Reads the node again after an incident of its opening: data may have been mended. */
export const reopenStep = (turn: Turn, n: number, node: Node): void => {
  const isBranch = node.type === 'or-split' || node.type === 'goto'
  if (isBranch && !needsJavaScript(turn, outgoingOf(turn, node))) return chooseAgain(turn, n, node)
  if (!isBranch && !hasWork(node)) return passAgain(turn, n, node)
  const opening = openingOf(turn, node, n)
  const timers = opening.error === undefined ? timersOf(turn, node) : { value: [] }
  const before = turn.state.steps[n]?.wait
  const attempt = before?.kind === 'task' ? before.attempt + 1 : 1
  const wait = opening.wait.kind === 'task' ? { ...opening.wait, attempt, policyFrom: attempt } : opening.wait
  record(turn, { t: 'turned', step: n, wait, ...freshPass(turn, node), ...(timers.value.length === 0 ? {} : { timers: timers.value }) })
  const error = opening.error ?? timers.error
  if (error !== undefined) openIncident(turn, n, error)
  else begin(turn, n)
}

/** Rules read the data of now. */
const chooseAgain = (turn: Turn, n: number, node: Node): void => {
  const choice = chooseOut(turn, node, outgoingOf(turn, node))
  if (!choice.ok) return openIncident(turn, n, choice.error)
  record(turn, { t: 'turned', step: n, wait: { kind: 'callback' }, ...freshPass(turn, node) })
  closeStep(turn, stepOf(turn, n), { out: choice.value })
}

/** A join or split that was stopped by its loop limit. */
const passAgain = (turn: Turn, n: number, node: Node): void => {
  record(turn, { t: 'turned', step: n, wait: { kind: 'callback' }, ...freshPass(turn, node) })
  closeStep(turn, stepOf(turn, n), { out: outgoingOf(turn, node) })
}

/** After an incident a loop counts afresh. */
const freshPass = (turn: Turn, node: Node): { readonly pass?: number } => (turn.state.passes[node.id] === undefined ? {} : { pass: 1 })

const hasWork = (node: Node): boolean =>
  node.type === 'participant' || node.type === 'process' || node.type === 'container' || node.type === 'wait'

const outgoingOf = (turn: Turn, node: Node): readonly number[] => graphOf(turn).net.outgoing[indexOf(graphOf(turn), node.id)] ?? []

/** What must happen because the step is open. */
export const begin = (turn: Turn, n: number): void => {
  const wait = turn.state.steps[n]?.wait
  switch (wait?.kind) {
    case 'task':
      return startAttempt(turn, n)
    case 'work-item':
      return effect(turn, { kind: 'notify', step: n, reason: 'opened', to: askedOf(wait) })
    case 'message':
      return takeKeptMessage(turn, n)
    default:
  }
}

const openingOf = (turn: Turn, node: Node, n: number): Opening => {
  switch (node.type) {
    case 'process': {
      const input = evaluated(() => (node.with === undefined ? undefined : turn.env.evaluator.template(node.with, contextOf(turn, node))))
      const wait: Wait = {
        kind: 'task',
        task: node.task,
        attempt: 1,
        ...(input.ok && input.value !== undefined ? { input: input.value } : {}),
        ...(node.poll?.timeout === undefined ? {} : { giveUpAtMs: addDuration(turn.env.nowMs, node.poll.timeout) }),
      }
      return input.ok ? { wait } : { wait, error: input.error }
    }
    case 'participant':
      return participantOpening(turn, node)
    case 'container':
      return containerOpening(turn, node, n)
    case 'wait':
      return waitOpening(turn, node)
    case 'or-split':
    case 'goto': {
      return { wait: ruleTask(turn, node, { rules: scriptsOf(turn, outgoingOf(turn, node)) }, 'branch') }
    }
    default:
      throw new Error(`A ${node.type} opens no step.`)
  }
}

const ruleTask = (turn: Turn, node: Node, input: { readonly [key: string]: unknown }, decides: 'branch' | 'assign'): Wait => {
  const { payload, data, initiator } = contextOf(turn, node)
  return { kind: 'task', task: RULE_TASK, attempt: 1, decides, input: { ...input, payload, data, initiator } as never }
}

const participantOpening = (turn: Turn, node: ParticipantNode): Opening => {
  const { assign } = node
  const context = contextOf(turn, node)
  switch (assign.kind) {
    case 'user':
      return participantWait(turn, node, { assignee: assign.user, candidates: [`user:${assign.user}`] })
    case 'initiator':
      return participantWait(turn, node, { assignee: turn.state.initiator, candidates: [`user:${turn.state.initiator}`] })
    case 'group':
      return participantWait(turn, node, { candidates: [`group:${assign.group}`] })
    case 'candidates':
      return participantWait(turn, node, {
        candidates: [...assign.users.map((user) => `user:${user}` as const), ...assign.groups.map((group) => `group:${group}` as const)],
      })
    case 'rule': {
      if (typeof assign.rule === 'object') return { wait: ruleTask(turn, node, { rules: { assign: assign.rule.js } }, 'assign') }
      const rule = assign.rule
      const chosen = evaluated(() => turn.env.evaluator.principals(rule, context))
      return chosen.ok ? participantWait(turn, node, chosenBy(chosen.value)) : { wait: { kind: 'callback' }, error: chosen.error }
    }
    case 'task': {
      const input = evaluated(() => turn.env.evaluator.template(assign.with, context))
      const wait: Wait = { kind: 'task', task: assign.task, attempt: 1, decides: 'assign', ...(input.ok ? { input: input.value } : {}) }
      return input.ok ? { wait } : { wait, error: input.error }
    }
  }
}

/** One user is the assignee; several principals, or a group, are candidates. */
export const chosenBy = (principals: readonly string[]): Chosen => {
  const candidates = principals as readonly Principal[]
  const [only] = candidates
  return candidates.length === 1 && only?.startsWith('user:') === true ? { assignee: only.slice(5), candidates } : { candidates }
}

const containerOpening = (turn: Turn, node: Extract<Node, { type: 'container' }>, n: number): Opening => {
  const context = contextOf(turn, node)
  const child = turn.env.newId()
  const wait: Wait = { kind: 'child', child, workflow: node.workflow }
  const values = evaluated(() => ({
    payload:
      node.payload === undefined ? turn.state.payload : payloadOf(turn.env.evaluator.template(node.payload, context), turn.state.payload),
    data: (node.with === undefined ? {} : turn.env.evaluator.template(node.with as never, context)) as Readonly<Record<string, never>>,
  }))
  if (!values.ok) return { wait, error: values.error }
  effect(turn, {
    kind: 'start-child',
    step: n,
    start: { id: child, workflow: node.workflow, version: node.version, payload: values.value.payload, data: values.value.data },
  })
  return { wait }
}

/** A text keeps the kind of the parent's reference; anything else is inline JSON. */
const payloadOf = (value: unknown, parent: Payload): Payload => {
  if (typeof value !== 'string') return { kind: 'json', json: value as never }
  return { kind: parent.kind === 'none' || parent.kind === 'json' ? 'path' : parent.kind, ref: value }
}

const waitOpening = (turn: Turn, node: Extract<Node, { type: 'wait' }>): Opening => {
  const context = contextOf(turn, node)
  const { until } = node
  switch (until.kind) {
    case 'duration': {
      const due = evaluated(() => addDuration(turn.env.nowMs, turn.env.evaluator.text(until.duration, context)))
      return due.ok ? { wait: { kind: 'timer', dueAtMs: due.value } } : { wait: { kind: 'callback' }, error: due.error }
    }
    case 'date': {
      const due = evaluated(() => turn.env.evaluator.date(until.date, context))
      return due.ok ? { wait: { kind: 'timer', dueAtMs: due.value } } : { wait: { kind: 'callback' }, error: due.error }
    }
    case 'message': {
      if (until.key === undefined) return { wait: { kind: 'message', name: until.name } }
      const keyTemplate = until.key
      const key = evaluated(() => turn.env.evaluator.text(keyTemplate, context))
      return key.ok ? { wait: { kind: 'message', name: until.name, key: key.value } } : { wait: { kind: 'callback' }, error: key.error }
    }
    case 'callback':
      return { wait: { kind: 'callback' } }
  }
}

/** Deadlines of a step that opens (or turns) now. */
export const timersOf = (turn: Turn, node: Node): { readonly value: readonly StepTimer[]; readonly error?: Failure } => {
  const timers: StepTimer[] = []
  for (const [index, timeout] of (node.timeouts ?? []).entries()) {
    const due = evaluated(() =>
      timeout.after === undefined
        ? turn.env.evaluator.date(timeout.at ?? '', contextOf(turn, node))
        : addDuration(turn.env.nowMs, timeout.after),
    )
    if (!due.ok) return { value: timers, error: due.error }
    timers.push({ timeout: index, dueAtMs: due.value })
  }
  return { value: timers }
}
