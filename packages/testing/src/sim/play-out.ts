/** Brings everything to an end: what any operator could do with enough patience. What does not end by it would wait for ever. */
import type { State, Step } from '@millrace/kernel'
import type { CommandInput } from '@millrace/protocol'
import { openStates } from './open-states.ts'
import type { Simulation } from './run-simulation.ts'
import { OPERATOR } from './workload.ts'

/** Rounds after which an instance is taken to be stuck: loops go round three times at most, children are one deep. */
const MANY_ROUNDS = 200

export const playOut = async (simulation: Simulation): Promise<void> => {
  const { clock, violations, instances } = simulation
  for (let round = 0; round < MANY_ROUNDS; round++) {
    await simulation.turn(12)
    await explained(simulation)
    const open = await openStates(simulation.disk.store, instances)
    if (open.length === 0 && simulation.requests.waiting === 0) return
    if (violations.list.length > 0) return
    for (const state of open) await help(simulation, state)
    await simulation.turn(12)
    clock.advance(3_600_000)
  }
  const open = await openStates(simulation.disk.store, instances)
  for (const state of open.slice(0, 3))
    violations.add(
      `${state.id} of ${state.workflow} does not end: ${state.status} ${JSON.stringify(state.steps)} ${JSON.stringify(state.tokens)}`,
    )
  for (const { about } of simulation.requests.all.filter(({ told }) => told === 'nothing').slice(0, 3))
    violations.add(`${about} was never answered`)
}

/** Nothing is unexplained, neither while it moves nor when it rests. */
const explained = async ({ host, violations }: Simulation): Promise<void> => {
  const { stale } = await host.doctor({})
  for (const row of stale) violations.add(`doctor cannot explain ${row.instance} of ${row.workflow}: ${JSON.stringify(row.why)}`)
}

const help = async (simulation: Simulation, state: State): Promise<void> => {
  const { host } = simulation
  if (state.status === 'SUSPENDED') return tell(simulation, state, { kind: 'resume', by: OPERATOR })
  if (state.status !== 'RUNNING') return
  if (state.incident !== undefined) return tell(simulation, state, { kind: 'terminate', by: OPERATOR })
  for (const step of Object.values(state.steps)) {
    const input = helpFor(state, step)
    if (input !== undefined) await tell(simulation, state, input)
    if (step.wait.kind === 'message')
      await host.publish(
        { workspace: 'default', name: step.wait.name, body: 'help', ...(step.wait.key === undefined ? {} : { key: step.wait.key }) },
        OPERATOR,
      )
  }
}

const helpFor = (state: State, step: Step): CommandInput | undefined => {
  const { n, wait, incident } = step
  if (incident !== undefined) return { kind: 'skip', by: OPERATOR, step: n, ...wayOut(step) }
  if (wait.kind === 'callback' || (wait.kind === 'task' && wait.awaitsCallback === true)) return { kind: 'callback', step: n, body: 'help' }
  if (wait.kind !== 'work-item') return undefined
  const by = wait.assignee === undefined ? OPERATOR : { ...OPERATOR, user: wait.assignee }
  const isExcluded = wait.excluded?.some(({ user }) => user === by.user) === true
  if (isExcluded) return { kind: 'skip', by: OPERATOR, step: n, ...wayOut(step) }
  const route = state.kind === 'code' ? wait.routes?.at(-1)?.name : ROUTES[step.node]
  return { kind: 'complete', by, step: n, ...(route === undefined ? wayOut(step) : { route }) }
}

const ROUTES: { readonly [node: string]: string } = { review: 'approve' }

/** Random models name the routes of a choice so; a step without routes is refused with one, and tried without. */
const wayOut = (step: Step): { readonly route?: string } => (step.node.startsWith('ask-') ? { route: 'route-0' } : {})

/** Refused where it has gone on meanwhile, or another way out is wanted: then the first that is offered. */
const tell = async (simulation: Simulation, state: State, input: CommandInput): Promise<void> => {
  try {
    await simulation.host.command(state.id, input)
  } catch (error) {
    const routes =
      error instanceof Error && 'details' in error ? (error.details as { readonly routes?: readonly string[] }).routes : undefined
    const [route] = routes ?? []
    if (route !== undefined && 'step' in input)
      await simulation.host.command(state.id, { ...input, route } as CommandInput).catch(() => undefined)
  }
}
