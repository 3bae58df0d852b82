import { apply } from './apply.ts'
import type { Effect } from './effect.ts'
import type { Env } from './env.ts'
import type { By, Fact, FactBody } from './fact.ts'
import type { Input } from './input.ts'
import type { GraphProgram } from './program.ts'
import { Refusal } from './refusal.ts'
import type { State } from './state.ts'
import type { Step, Wait } from './step.ts'
import type { Actor, Edge } from './values.ts'

/** One decision in the making: facts recorded so far and the state they fold to. Thrown away when the decision fails. */
export interface Turn {
  /** Always the fold of the facts recorded so far. */
  state: State
  readonly env: Env
  readonly facts: Fact[]
  readonly effects: Effect[]
  /** What must still go on inside this decision: handlers only record and add here, `decide` drains it. So no handler calls another's end. */
  readonly agenda: Next[]
}

export type Next =
  /** Tokens were put on these transitions. */
  | { readonly kind: 'tokens'; readonly edges: readonly Edge[] }
  /** A run begins at this node without a token. */
  | { readonly kind: 'node'; readonly node: string }
  /** The oldest held input may be applied. */
  | { readonly kind: 'held' }
  /** An input that follows from this one. */
  | { readonly kind: 'input'; readonly input: Input }

export const beginTurn = (state: State, env: Env, facts: Fact[] = []): Turn => ({ state, env, facts, effects: [], agenda: [] })

/** Records that something happened; the state follows. */
export const record = (turn: Turn, body: FactBody): void => {
  const fact: Fact = { at: turn.env.nowMs, ...body }
  turn.facts.push(fact)
  turn.state = apply(turn.state, fact)
}

export const effect = (turn: Turn, what: Effect): void => {
  turn.effects.push(what)
}

export const graphOf = (turn: Turn): GraphProgram => {
  if (turn.env.program.kind !== 'graph') throw new Error(`Instance ${turn.state.id} is not a graph.`)
  return turn.env.program
}

/** The people of a fact: absent for the host itself. */
export const by = (actor: Actor): By =>
  actor.user === 'system' ? {} : { by: actor.user, ...(actor.onBehalfOf === undefined ? {} : { for: actor.onBehalfOf }) }

export const stepIsOver = (turn: Turn, n: number): Refusal =>
  new Refusal('STEP_CLOSED', `Step ${n} of instance ${turn.state.id} is over. Read its history to see who or what was first.`, { step: n })

/** An open step, or the refusal that says it is over. */
export const stepOf = (turn: Turn, n: number): Step => {
  const step = turn.state.steps[n]
  if (step !== undefined) return step
  const isKnown = n >= 1 && n <= turn.state.lastStep
  throw isKnown ? stepIsOver(turn, n) : new Refusal('NOT_FOUND', `Instance ${turn.state.id} has no step ${n}.`, { step: n })
}

/** An open step that waits in the given way. */
export const waitingStep = <K extends Wait['kind']>(
  turn: Turn,
  n: number,
  kind: K,
): Step & { readonly wait: Extract<Wait, { readonly kind: K }> } => {
  const step = stepOf(turn, n)
  if (step.wait.kind !== kind)
    throw new Refusal('STEP_CLOSED', `Step ${n} of instance ${turn.state.id} waits for a ${step.wait.kind}, not for a ${kind}.`)
  return step as Step & { readonly wait: Extract<Wait, { readonly kind: K }> }
}
