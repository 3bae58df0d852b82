/** Plays a scenario on a draft and says what came of it. */
import { type Payload, Refusal, whyOf } from '@millrace/kernel'
import type { JsonValue, Model } from '@millrace/model'
import type { HistoryEntry, Why } from '@millrace/protocol'
import { failedExpectations } from './expectation.ts'
import { historyOf } from './history.ts'
import { play } from './play.ts'
import { PlayError } from './play-error.ts'
import type { ScenarioProblem } from './problem.ts'
import { isPure, runPure } from './pure-tasks.ts'
import type { Expectation, Place, Scenario } from './scenario.ts'
import { Simulation } from './simulation.ts'

export interface ScenarioResult {
  readonly name: string
  readonly ok: boolean
  readonly status: string
  readonly data: { readonly [name: string]: JsonValue }
  readonly output?: JsonValue
  /** Nodes with an open step. */
  readonly open: readonly string[]
  /** Why it waits, where it does. */
  readonly why?: Why
  readonly history: readonly HistoryEntry[]
  /** Virtual time at the end. */
  readonly atMs: number
  readonly problems: readonly ScenarioProblem[]
}

/**
 * Runs a draft through the kernel with a virtual clock and the decisions of a scenario. Nothing outside is called: a task gives what the scenario
 * says, or nothing; only those without effects (`data.set`, rules, scripts) run as they are.
 *
 * An attempt that a later `task` step names waits for it; every other one succeeds at once.
 *
 * @example
 * const result = await runScenario(model, { ...scenario, steps: [{ kind: 'complete', complete: 'review', route: 'approve' }] })
 * result.status // 'COMPLETED'
 */
export async function runScenario(model: Model, scenario: Scenario): Promise<ScenarioResult> {
  const { atMs, people, start, steps } = scenario
  const simulation = new Simulation({ model, atMs, ...(people === undefined ? {} : { people }) })
  const problems: ScenarioProblem[] = []
  let next = 0
  const settle = (): Promise<void> => settleAttempts(simulation, scenario, next)
  const attempt = async (place: Place | undefined, what: string, act: () => Promise<void>): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      problems.push(refusedStep(error, what, place))
      return false
    }
  }
  const isStarted = await attempt(scenario.place, 'start', async () => {
    simulation.start({
      payload: payloadOf(start.payload, model.payload),
      data: start.data,
      by: start.by,
      ...(start.title === undefined ? {} : { title: start.title }),
    })
    await settle()
  })
  if (!isStarted) return { ...NOT_STARTED, name: scenario.name, atMs, problems }
  for (const [index, step] of steps.entries()) {
    // While a step is played, the attempts it is about are its own.
    next = index
    if (step.kind === 'expect') {
      problems.push(...expectationProblems(simulation, step.expect, step.place))
      continue
    }
    const isDone = await attempt(step.place, `step ${index + 1} (${step.kind})`, async () => {
      await play(simulation, step, settle)
      next = index + 1
      await settle()
    })
    // What comes after a step that could not be done would only confuse.
    if (!isDone) return resultOf(simulation, scenario.name, problems)
  }
  if (scenario.expect !== undefined) problems.push(...expectationProblems(simulation, scenario.expect, scenario.expectPlace))
  return resultOf(simulation, scenario.name, problems)
}

const NOT_STARTED = { ok: false, status: 'NOT_STARTED', data: {}, open: [], history: [] } as const

/** Lets every attempt and child end that no later step of the scenario is about. */
const settleAttempts = async (simulation: Simulation, scenario: Scenario, next: number): Promise<void> => {
  const later = scenario.steps.slice(next)
  const isHeld = (node: string, task: string): boolean =>
    later.some((step) => step.kind === 'task' && (step.task === node || step.task === task))
  const isChildHeld = (node: string): boolean => later.some((step) => step.kind === 'child' && step.child === node)
  for (;;) {
    const free = [...simulation.attempts.values()].find(({ step, task }) => !isHeld(simulation.state.steps[step]?.node ?? '', task))
    if (free !== undefined) {
      await settleAttempt(simulation, scenario, free.step)
      continue
    }
    const child = [...simulation.children.keys()].find((step) => !isChildHeld(simulation.state.steps[step]?.node ?? ''))
    if (child === undefined) return
    simulation.endChild(child, { status: 'COMPLETED', data: {} })
  }
}

const settleAttempt = async (simulation: Simulation, scenario: Scenario, step: number): Promise<void> => {
  const attempt = simulation.attempts.get(step)
  if (attempt === undefined) return
  const node = simulation.state.steps[step]?.node ?? ''
  const given = Object.hasOwn(scenario.tasks, node) ? scenario.tasks[node] : scenario.tasks[attempt.task]
  if (given !== undefined || !isPure(attempt.task)) return simulation.finish(step, given)
  const outcome = await runPure(attempt, { instance: simulation.state.id, workflow: simulation.state.workflow, node })
  if (outcome.ok) simulation.finish(step, outcome.output)
  else simulation.fail(step, outcome.error)
}

/** A text is a reference of the kind the model works on, or its JSON. */
const payloadOf = (given: Scenario['start']['payload'], kind: Model['payload']): Payload => {
  if (given === undefined) return { kind: 'none' }
  if (typeof given !== 'string') return 'json' in given ? { kind: 'json', json: given.json as JsonValue } : given
  return kind === 'json' ? { kind: 'json', json: given } : { kind: kind === 'none' ? 'path' : kind, ref: given }
}

const refusedStep = (error: unknown, what: string, place: Place | undefined): ScenarioProblem => {
  if (error instanceof Refusal)
    return { code: 'STEP_REFUSED', severity: 'error', message: `${what}: ${error.code}: ${error.message}`, ...place }
  if (error instanceof PlayError) {
    return {
      code: 'STEP_REFUSED',
      severity: 'error',
      message: `${what}: ${error.message}`,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...place,
    }
  }
  throw error
}

const expectationProblems = (simulation: Simulation, expectation: Expectation, place: Place | undefined): readonly ScenarioProblem[] =>
  failedExpectations(simulation, expectation).map((message) => ({ code: 'EXPECTATION_FAILED', severity: 'error', message, ...place }))

const resultOf = (simulation: Simulation, name: string, problems: readonly ScenarioProblem[]): ScenarioResult => {
  const { status, data, output } = simulation.state
  const why = whyOf(simulation.state, simulation.program, () => true)
  return {
    name,
    ok: problems.length === 0,
    status,
    data,
    ...(output === undefined ? {} : { output }),
    open: simulation.openSteps.map((step) => step.node),
    ...(why === undefined ? {} : { why }),
    history: historyOf(simulation.facts),
    atMs: simulation.nowMs,
    problems,
  }
}
