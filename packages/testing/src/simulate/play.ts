/** One step of a scenario, as inputs for the kernel. */
import type { Step } from '@millrace/kernel'
import { addDuration, type JsonValue, normalizeDuration } from '@millrace/model'
import { PlayError } from './play-error.ts'
import type { ScenarioStep } from './scenario.ts'
import type { Simulation } from './simulation.ts'

type StepOf<K extends ScenarioStep['kind']> = Extract<ScenarioStep, { readonly kind: K }>

/** @param settle lets attempts end that no later step is about */
export async function play(
  simulation: Simulation,
  step: Exclude<ScenarioStep, { readonly kind: 'expect' }>,
  settle: () => Promise<void>,
): Promise<void> {
  const administrator = simulation.actor('administrator', { isOperator: true })
  switch (step.kind) {
    case 'complete':
    case 'claim':
    case 'delegate':
    case 'step-back':
      return playWorkItem(simulation, step)
    case 'task':
      return playTask(simulation, step, settle)
    case 'wait':
      return simulation.pass(momentOf(simulation, step.wait), settle)
    case 'message':
      return simulation.send({
        kind: 'message',
        name: step.message,
        body: json(step.body),
        ...(step.key === undefined ? {} : { key: step.key }),
      })
    case 'callback':
      return simulation.send({
        kind: 'callback',
        step: openStep(simulation, step.callback, isCallback, 'waits for a callback').n,
        body: json(step.body),
      })
    case 'child': {
      const open = openStep(simulation, step.child, ({ wait }) => wait.kind === 'child', 'waits for a child')
      return simulation.endChild(open.n, { status: step.status, data: step.data })
    }
    case 'retry': {
      const open = openStep(
        simulation,
        step.retry,
        (one) => one.incident !== undefined || (one.wait.kind === 'task' && one.wait.retryAtMs !== undefined),
        'has failed',
      )
      return simulation.send({
        kind: 'retry',
        by: administrator,
        step: open.n,
        ...(step.data === undefined ? {} : { data: step.data }),
      })
    }
    case 'skip': {
      const { route, output } = step
      const open = openStep(simulation, step.skip, () => true, 'is open')
      return simulation.send({
        kind: 'skip',
        by: administrator,
        step: open.n,
        ...(route === undefined ? {} : { route }),
        ...(output === undefined ? {} : { output: json(output) }),
      })
    }
    case 'data':
      return simulation.send({ kind: 'set-data', by: administrator, data: step.data })
    case 'suspend':
      return simulation.send({ kind: 'suspend', by: administrator, ...reason(step.suspend) })
    case 'resume':
      return simulation.send({ kind: 'resume', by: administrator })
    case 'cancel':
      return simulation.send({ kind: 'cancel', by: administrator, ...reason(step.cancel) })
    case 'terminate':
      return simulation.send({ kind: 'terminate', by: administrator, ...reason(step.terminate) })
    case 'restart': {
      const { restart, data } = step
      return simulation.send({
        kind: 'restart',
        by: administrator,
        ...(typeof restart === 'string' ? { from: restart } : {}),
        ...(data === undefined ? {} : { data }),
      })
    }
  }
}

const playWorkItem = (simulation: Simulation, step: StepOf<'complete' | 'claim' | 'delegate' | 'step-back'>): void => {
  const node =
    step.kind === 'complete'
      ? step.complete
      : step.kind === 'claim'
        ? step.claim
        : step.kind === 'delegate'
          ? step.delegate
          : step['step-back']
  const open = openStep(simulation, node, ({ wait }) => wait.kind === 'work-item', 'waits for a person')
  const by = personFor(simulation, open, step.by)
  const n = open.n
  const comment = 'comment' in step && step.comment !== undefined ? { comment: step.comment } : {}
  switch (step.kind) {
    case 'complete': {
      const { route, answer } = step
      return simulation.send({
        kind: 'complete',
        by,
        step: n,
        ...comment,
        ...(route === undefined ? {} : { route }),
        ...(answer === undefined ? {} : { answer }),
      })
    }
    case 'claim':
      return simulation.send({ kind: 'claim', by, step: n })
    case 'delegate': {
      const to = step.to.includes(':') ? step.to : `user:${step.to}`
      return simulation.send({ kind: 'delegate', by, step: n, to: to as `user:${string}`, ...comment })
    }
    case 'step-back':
      return simulation.send({ kind: 'step-back', by, step: n, ...comment, ...(step.to === undefined ? {} : { to: step.to }) })
  }
}

/** Whoever the scenario names; otherwise the assignee, or the first candidate, so that a scenario about routes need not name people. */
const personFor = (simulation: Simulation, { wait }: Step, named: string | undefined) => {
  if (wait.kind !== 'work-item') throw new Error('The step waits for no person.')
  const groups = wait.candidates.flatMap((one) => (one.startsWith('group:') ? [one.slice(6)] : []))
  const [candidate] = wait.candidates
  const chosen =
    candidate === undefined ? 'somebody' : candidate.startsWith('user:') ? candidate.slice(5) : simulation.memberOf(candidate.slice(6))
  return simulation.actor(named ?? wait.assignee ?? chosen, { groups })
}

const playTask = async (simulation: Simulation, step: StepOf<'task'>, settle: () => Promise<void>): Promise<void> => {
  if (step.fails === undefined)
    return simulation.finish(runningStep(simulation, step.task), step.returns === undefined ? undefined : json(step.returns))
  const times = step.fails === true ? 1 : step.fails
  const { code = 'TASK_FAILED', message = 'Failed, as the scenario says.', retryable } = step
  for (let failure = 1; failure <= times; failure++) {
    const n = runningStep(simulation, step.task, failure)
    simulation.fail(n, { code, message, ...(retryable === undefined ? {} : { retryable }) })
    const wait = simulation.state.steps[n]?.wait
    // The time to the next try passes, also after the last failure: the scenario is about failures and not about how long retries wait.
    if (wait?.kind === 'task' && wait.retryAtMs !== undefined) await simulation.pass(wait.retryAtMs, settle)
  }
}

const runningStep = (simulation: Simulation, name: string, failure?: number): number => {
  const found = [...simulation.attempts.values()].filter(({ step, task }) => task === name || simulation.state.steps[step]?.node === name)
  const [only] = found
  if (only !== undefined) return only.step
  if (failure !== undefined && failure > 1)
    throw new PlayError(
      `${name} was not tried a ${failure}. time.`,
      'Its retry policy allows fewer failures: give fewer, or raise retry.attempts.',
    )
  const running = [...simulation.attempts.values()].map(({ step, task }) => `${simulation.state.steps[step]?.node ?? ''} (${task})`)
  throw new PlayError(
    `No attempt of ${name} runs now.`,
    running.length === 0 ? openHint(simulation) : `What runs is ${running.join(', ')}.`,
  )
}

const openStep = (simulation: Simulation, node: string, fits: (step: Step) => boolean, what: string): Step => {
  const found = simulation.openSteps.find((step) => step.node === node && fits(step))
  if (found !== undefined) return found
  const exists = simulation.program.net.indexOf.has(node)
  throw new PlayError(exists ? `No step of ${node} ${what} now.` : `The model has no node ${node}.`, openHint(simulation))
}

const openHint = (simulation: Simulation): string => {
  const { status } = simulation.state
  const open = simulation.openSteps.map(
    (step) => `${step.node} (${step.incident === undefined ? step.wait.kind : `incident ${step.incident.code}`})`,
  )
  return open.length === 0 ? `The instance is ${status} and nothing is open.` : `Open are ${open.join(', ')}.`
}

const isCallback = ({ wait }: Step): boolean => wait.kind === 'callback' || wait.kind === 'task'

const momentOf = (simulation: Simulation, text: string): number => {
  const iso = normalizeDuration(text)
  if (iso !== undefined) return addDuration(simulation.nowMs, iso)
  const atMs = Date.parse(text)
  if (Number.isNaN(atMs)) throw new PlayError(`"${text}" is neither a duration nor a date.`, 'Write 2d, PT1H or 2026-03-01T12:00:00Z.')
  if (atMs < simulation.nowMs) throw new PlayError(`${text} is over: it is ${new Date(simulation.nowMs).toISOString()} now.`)
  return atMs
}

const reason = (given: string | true): { readonly reason?: string } => (given === true ? {} : { reason: given })

const json = (value: unknown): JsonValue => value as JsonValue
