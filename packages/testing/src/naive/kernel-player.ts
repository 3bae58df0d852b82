/** An instance of a graph played by hand: every input goes through `decide`, and what must be true after any decision is checked after each. */

import { isDeepStrictEqual } from 'node:util'
import {
  type Actor,
  apply,
  compileProgram,
  decide,
  type Effect,
  type Env,
  type Fact,
  type Input,
  isFinal,
  type Program,
  Refusal,
  type State,
  type Step,
  whyOf,
} from '@millrace/kernel'
import { celEvaluator, type Model } from '@millrace/model'
import { transitionOfRule } from './playable-model.ts'

/** May do everything, and is every candidate. */
export const OPERATOR: Actor = { user: 'ana', groups: ['editors', 'chiefs'], isOperator: true }

export const INITIATOR: Actor = { user: 'ina', groups: [], isOperator: false }

export interface Played {
  readonly facts: readonly Fact[]
  readonly effects: readonly Effect[]
}

export class KernelPlayer {
  readonly model: Model
  nowMs = 1_800_000_000_000
  /** Which rules are true now; a rule of a hostile model may throw. */
  holds: (transition: number) => boolean = () => true
  /** Whether anybody can answer now. */
  isAnybodyThere = true
  readonly facts: Fact[] = []
  readonly effects: Effect[] = []
  #state: State | undefined
  readonly #program: Program

  constructor(model: Model) {
    this.model = model
    this.#program = compileProgram(model)
  }

  get state(): State {
    if (this.#state === undefined) throw new Error('Not started.')
    return this.#state
  }

  get isOver(): boolean {
    return isFinal(this.state.status)
  }

  /** Open steps that hold tokens, in order of opening. */
  get steps(): readonly Step[] {
    return Object.values(this.state.steps)
      .filter((step) => step.isSide !== true)
      .sort((a, b) => a.n - b.n)
  }

  start(): Played {
    const { id, title } = this.model
    return this.play({
      kind: 'start',
      id: 'instance',
      workspace: 'default',
      workflow: id,
      version: 1,
      title,
      payload: { kind: 'none' },
      data: {},
      by: INITIATOR,
    })
  }

  #env(): Env {
    return {
      nowMs: this.nowMs,
      program: this.#program,
      evaluator: { ...celEvaluator, rule: (source) => this.holds(transitionOfRule(source)) },
      people: { canAnswer: () => this.isAnybodyThere, isMember: () => true },
      validate: () => [],
      newId: () => `child-${this.facts.length}`,
    }
  }

  /** @returns undefined when the kernel refused; then nothing has changed. */
  tryToPlay(input: Input): Played | undefined {
    const before = this.#state
    try {
      return this.play(input)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (this.#state !== before) throw new Error(`A refused ${input.kind} changed the state.`, { cause: error })
      return undefined
    }
  }

  play(input: Input): Played {
    const before = this.#state
    const frozen = JSON.stringify(before)
    const env = this.#env()
    const { state, facts, effects } = decide(before, input, env)
    if (JSON.stringify(before) !== frozen) throw new Error(`Deciding ${input.kind} changed the state it was given.`)
    this.#state = state
    this.facts.push(...facts)
    this.effects.push(...effects)
    assertFold(this.facts, state)
    assertInvariants(state, env)
    if (before !== undefined && isFinal(before.status) && state.run === before.run && state.status !== before.status)
      throw new Error(`Run ${state.run} ended as ${before.status} and is ${state.status} now (state.ts I4).`)
    return { facts, effects }
  }
}

/** state.ts I1, also for facts that were stored and read again. */
const assertFold = (facts: readonly Fact[], state: State): void => {
  const stored = JSON.parse(JSON.stringify(facts)) as readonly Fact[]
  const folded = stored.reduce<State | undefined>((before, fact) => apply(before, fact), undefined)
  if (!isDeepStrictEqual(folded, JSON.parse(JSON.stringify(state))))
    throw new Error('The state is not the fold of its facts (state.ts I1).')
}

/** state.ts I2 and I3: every token rests before a join that has not fired, and whatever runs has a reason to wait. */
const assertInvariants = (state: State, env: Env): void => {
  const { program } = env
  if (program.kind !== 'graph') throw new Error('Only graphs are played here.')
  for (const [edge, count] of Object.entries(state.tokens)) {
    const to = program.net.edges[Number(edge)]?.to ?? -1
    if (count < 1 || program.net.nodes[to]?.join === 'any')
      throw new Error(`${count} tokens rest on transition ${edge}, which leads to no join (state.ts I2).`)
  }
  if (isFinal(state.status) && (Object.keys(state.steps).length > 0 || Object.keys(state.tokens).length > 0))
    throw new Error(`The instance is ${state.status} with steps or tokens left (state.ts I3).`)
  const why = whyOf(state, program, (who) => env.people.canAnswer(who))
  if (why?.code === 'STALE')
    throw new Error(`Nothing explains why the instance waits; tokens ${JSON.stringify(state.tokens)} (state.ts I3).`)
}
