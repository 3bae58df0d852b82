/**
 * What follows a decision: who gets the work next, what runs on the way, or that it ends here (CONSOLE, route bar). Played with the same rules as the
 * decision itself, on a copy. Where a choice reads what the person, or a task on the way, has yet to say, it says so instead of guessing.
 */
import { decide } from '../decide.ts'
import type { Env } from '../env.ts'
import type { Fact } from '../fact.ts'
import { type GraphProgram, indexOf, nodeAt, nodeById, targetOf } from '../program.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { isFinal } from '../status.ts'
import type { Step, TaskWait } from '../step.ts'
import type { Edge, JsonValue, Principal } from '../values.ts'
import { type Unknown, unknownAfter, type Watchful, watchful } from './watchful.ts'

/** One thing that happens next; an AND split gives several. */
export interface Follow {
  /**
   * `item` a person is asked; `task` a task runs; `wait` for a time, message or callback; `child` another workflow runs; `join` the other branches are
   * waited for; `end`; `depends` on data not known yet; `incident` it would stop there; `code` the function decides.
   */
  readonly kind: 'item' | 'task' | 'wait' | 'child' | 'join' | 'end' | 'depends' | 'incident' | 'code'
  /** Absent for `end` and `code`. */
  readonly node?: string
  /** Who is asked; empty where only a task or rule will tell. */
  readonly who: readonly Principal[]
  /** Automatic nodes on the way there, in order. */
  readonly via: readonly string[]
  /** depends: names of the data the choice reads; empty for a script. */
  readonly on?: readonly string[]
  /** depends: nodes it may go to. */
  readonly options?: readonly string[]
  /** incident: why. */
  readonly code?: string
}

/** Tasks in a row that are taken to succeed; beyond it the last one is what follows. */
const MOST_HOPS = 10
/** Stands for whoever decides when the item is free; no person has this name. */
const SOMEBODY = '?'

/** What follows when the item at `n` is completed by `route`; undefined where it cannot be, whoever tries. */
export const followsOf = (state: State, n: number, route: string | undefined, env: Env): readonly Follow[] | undefined => {
  const step = state.steps[n]
  if (step?.wait.kind !== 'work-item' || isFinal(state.status)) return undefined
  const { program } = env
  if (program.kind === 'code') return [{ kind: 'code', who: [], via: [] }]
  const unknown = unknownAfter(program, step, route)
  const play: Play = { program, env: watchful(env, unknown), unknown, from: state, facts: [] }
  const by = { user: step.wait.assignee ?? SOMEBODY, groups: [], isOperator: true }
  try {
    const running: State = state.status === 'RUNNING' ? state : { ...state, status: 'RUNNING', held: [] }
    const input = { kind: 'complete', by, step: n, comment: '?', ...(route === undefined ? {} : { route }) } as const
    return readOff(goOn(play, running, input), play)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

interface Play {
  readonly program: GraphProgram
  readonly env: Watchful
  readonly unknown: Unknown
  readonly from: State
  /** Of the whole play, in order. */
  readonly facts: Fact[]
}

/** Decides, then lets the tasks that were begun succeed, until somebody or something else is waited for. */
const goOn = (play: Play, state: State, input: Parameters<typeof decide>[1]): Played => {
  let current = state
  const via = new Map<number, readonly string[]>()
  let last: readonly string[] = []
  const advance = (next: Parameters<typeof decide>[1], way: readonly string[]): void => {
    const before = current.lastStep
    const decision = decide(current, next, play.env.env)
    current = decision.state
    play.facts.push(...decision.facts)
    last = way
    for (let n = before + 1; n <= current.lastStep; n++) via.set(n, way)
  }
  advance(input, [])
  for (let hop = 0; hop < MOST_HOPS && !isFinal(current.status); hop++) {
    const task = Object.values(current.steps).find((step) => via.has(step.n) && isPassedBy(play, step))
    if (task === undefined) break
    const wait = task.wait as TaskWait
    const output = outputOf(play, task, wait)
    advance({ kind: 'attempt-succeeded', step: task.n, attempt: wait.attempt, ...(output === undefined ? {} : { output }) }, [
      ...(via.get(task.n) ?? []),
      task.node,
    ])
  }
  return { state: current, via, last }
}

/** `data.set` gives back what it is given; of other tasks nobody knows the output, only where it goes. */
const outputOf = ({ program, unknown, env }: Play, { node: id }: Step, { task, input }: TaskWait): JsonValue | undefined => {
  const node = nodeById(program, id)
  if (node.type === 'process' && node.result !== undefined) unknown.names.add(node.result)
  if (task !== 'data.set' || typeof input !== 'object' || input === null) return undefined
  if (env.given.has(id)) for (const name of Object.keys(input)) unknown.names.add(name)
  return input
}

interface Played {
  readonly state: State
  /** Automatic nodes before each step the play opened. */
  readonly via: ReadonlyMap<number, readonly string[]>
  /** Automatic nodes before the last thing that happened. */
  readonly last: readonly string[]
}

/** A task that returns and is done: no callback, no further poll, no choice that only its output makes. */
const isPassedBy = ({ program, facts, env }: Play, step: Step): boolean => {
  if (step.wait.kind !== 'task' || step.wait.decides !== undefined || step.incident !== undefined || step.isSide === true) return false
  const node = nodeById(program, step.node)
  return node.type === 'process' && node.autoAdvance && node.poll === undefined && !taintOf(facts, env.touched).steps.has(step.n)
}

const readOff = ({ state, via, last }: Played, play: Play): readonly Follow[] => {
  const { program, env, facts, from } = play
  const tainted = taintOf(facts, env.touched)
  const depends = [...tainted.choices].map((node): Follow => {
    const on = [...(env.touched.get(node) ?? [])]
    return { kind: 'depends', node, who: [], via: viaOf(node), on, options: optionsOf(program, node) }
  })
  const steps = Object.values(state.steps).filter((step) => via.has(step.n) && !tainted.steps.has(step.n) && !env.touched.has(step.node))
  const resting = Object.keys(state.tokens)
    .map(Number)
    .filter((edge) => (state.tokens[edge] ?? 0) > (from.tokens[edge] ?? 0) && !tainted.edges.has(edge))
  const joins = new Set(resting.map((edge) => targetOf(program, edge)))
  const ends = state.status === 'COMPLETED' && depends.length === 0
  return [
    ...steps.map((step) => followOf(play, step, via.get(step.n) ?? [])),
    ...depends,
    ...[...joins].map((index): Follow => ({ kind: 'join', node: nodeAt(program, index).id, who: [], via: [] })),
    ...(ends ? [{ kind: 'end', who: [], via: last } as const] : []),
  ]

  /** Automatic nodes before the choice: those whose step closed before it was passed. */
  function viaOf(node: string): readonly string[] {
    const at = facts.findIndex((fact) => (fact.t === 'passed' || fact.t === 'opened') && fact.node === node)
    const opened = new Map(facts.flatMap((fact) => (fact.t === 'opened' ? [[fact.step, fact.node] as const] : [])))
    return facts.slice(0, at).flatMap((fact) => (fact.t === 'closed' && opened.has(fact.step) ? [opened.get(fact.step) ?? ''] : []))
  }
}

const followOf = ({ program, env }: Play, step: Step, via: readonly string[]): Follow => {
  const { wait, node, incident } = step
  const who: readonly Principal[] =
    wait.kind !== 'work-item' ? [] : wait.assignee === undefined ? wait.candidates : [`user:${wait.assignee}`]
  if (env.asked.has(node)) return { kind: 'item', node, who: [], via }
  if (incident !== undefined) return { kind: 'incident', node, who, via, code: incident.code }
  switch (wait.kind) {
    case 'work-item':
      return { kind: 'item', node, who, via }
    case 'task':
      if (wait.decides === 'assign') return { kind: 'item', node, who: [], via }
      if (wait.decides === 'branch') return { kind: 'depends', node, who: [], via, on: [], options: optionsOf(program, node) }
      return { kind: 'task', node, who: [], via }
    case 'child':
      return { kind: 'child', node, who: [], via }
    default:
      return { kind: 'wait', node, who: [], via }
  }
}

const optionsOf = (program: GraphProgram, node: string): readonly string[] =>
  (program.net.outgoing[indexOf(program, node)] ?? []).map((edge) => nodeAt(program, targetOf(program, edge)).id)

/** What is there only because a choice was made that nobody can make yet. */
const taintOf = (
  facts: readonly Fact[],
  touched: ReadonlyMap<string, unknown>,
): { readonly steps: ReadonlySet<number>; readonly edges: ReadonlySet<Edge>; readonly choices: ReadonlySet<string> } => {
  const edges = new Set<Edge>()
  const steps = new Set<number>()
  /** Choices that are reached whatever other choices say. */
  const choices = new Set<string>()
  for (const fact of facts) {
    const isBehind = ('in' in fact && fact.in?.some((edge) => edges.has(edge)) === true) || (fact.t === 'closed' && steps.has(fact.step))
    const isChoice = 'node' in fact && touched.has(fact.node)
    if (isChoice && !isBehind) choices.add(fact.node)
    if (!isBehind && !isChoice) continue
    if (fact.t === 'opened') steps.add(fact.step)
    if ('out' in fact) for (const edge of fact.out ?? []) edges.add(edge)
  }
  return { steps, edges, choices }
}
