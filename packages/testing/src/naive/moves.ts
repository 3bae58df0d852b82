/** What can happen next to an open step, and what each means for the token game. */
import type { Input, Step } from '@millrace/kernel'
import { addDuration } from '@millrace/model'
import { type KernelPlayer, OPERATOR } from './kernel-player.ts'
import { chooseAgain, completeStep, type NaiveGame, type Rules, taken } from './naive-game.ts'

export interface Move {
  readonly name: string
  readonly input: Input
  /** The game after it, by the rules alone. */
  readonly game: (rules: Rules, game: NaiveGame) => NaiveGame
  /** Time passes before it. */
  readonly waitMs?: number
}

const stays = (_: Rules, game: NaiveGame): NaiveGame => game

/** Everything that may happen to a step by completing, failing, waiting or mending it. */
export const movesOf = (player: KernelPlayer, step: Step): readonly Move[] => {
  if (step.incident !== undefined) return mendingMoves(player, step)
  const { wait, n } = step
  const completes = completing(player, step)
  switch (wait.kind) {
    case 'task': {
      if (wait.retryAtMs !== undefined) {
        return [
          { name: 'time of the retry', input: { kind: 'timer', step: n }, game: stays, waitMs: Math.max(0, wait.retryAtMs - player.nowMs) },
          { name: 'retry now', input: { kind: 'retry', by: OPERATOR, step: n }, game: stays },
        ]
      }
      if (wait.awaitsCallback === true)
        return completes.map((game) => ({ name: 'callback', input: { kind: 'callback', step: n, body: 1 }, game }))
      return [...attemptMoves(player, step, completes), failure(step, true), failure(step, false)]
    }
    case 'work-item':
      return completes.map((game, way) => {
        const route = routesOf(player, step)[way]
        return {
          name: `complete ${route ?? ''}`,
          input: {
            kind: 'complete',
            by: wait.assignee === undefined ? OPERATOR : { ...OPERATOR, user: wait.assignee },
            step: n,
            ...(route === undefined ? {} : { route }),
          },
          game,
        }
      })
    case 'timer':
      return completes.map((game) => ({
        name: 'timer',
        input: { kind: 'timer', step: n },
        game,
        waitMs: Math.max(0, wait.dueAtMs - player.nowMs),
      }))
    case 'message':
      return messageMoves(player, wait)
    case 'callback':
      return completes.map((game) => ({ name: 'callback', input: { kind: 'callback', step: n, body: 1 }, game }))
    case 'child':
      throw new Error('Models of this test have no containers.')
  }
}

/** One game for each way out of the step: its routes, or the only one. */
const completing = (player: KernelPlayer, step: Step): readonly Move['game'][] =>
  outgoingOf(player, step.node).map((transition) => (rules, game) => completeStep(rules, game, step.node, [transition]))

const attemptMoves = (player: KernelPlayer, step: Step, completes: readonly Move['game'][]): readonly Move[] => {
  const { wait, n, node: id } = step
  if (wait.kind !== 'task') return []
  const node = player.model.nodes.find((each) => each.id === id)
  const succeed = (output: unknown): Input => ({ kind: 'attempt-succeeded', step: n, attempt: wait.attempt, output: output as never })
  if (wait.decides === 'assign') {
    const isRule = node?.type === 'participant' && node.assign.kind === 'rule'
    return [{ name: 'chooser', input: succeed(isRule ? { assign: 'user:ana' } : ['user:ana', 'group:editors']), game: stays }]
  }
  if (wait.decides === 'branch') {
    const answers = Object.fromEntries(outgoingOf(player, id).map((transition) => [transition, player.holds(transition)]))
    return [{ name: 'rules in JavaScript', input: succeed(answers), game: (rules, game) => chooseAgain(rules, game, id) }]
  }
  if (node?.type !== 'process') return []
  const early: Move[] = node.autoAdvance ? [] : [{ name: 'early callback', input: { kind: 'callback', step: n, body: 1 }, game: stays }]
  if (node.poll !== undefined) {
    const giveUp = wait.giveUpAtMs !== undefined && addDuration(player.nowMs, node.poll.period) >= wait.giveUpAtMs
    if (!giveUp) early.push({ name: 'not done yet', input: succeed({ done: false }), game: stays })
  }
  const isDone = node.autoAdvance || wait.early !== undefined
  return [...early, ...completes.map((game) => ({ name: 'success', input: succeed({ done: true }), game: isDone ? game : stays }))]
}

const failure = (step: Step, retryable: boolean): Move => ({
  name: retryable ? 'failure' : 'final failure',
  input: {
    kind: 'attempt-failed',
    step: step.n,
    attempt: step.wait.kind === 'task' ? step.wait.attempt : 0,
    error: { code: 'TASK_FAILED', message: 'It failed.', retryable },
  },
  game: stays,
})

/** A message goes to the step that has waited longest of those it fits. */
const messageMoves = (player: KernelPlayer, wait: Extract<Step['wait'], { readonly kind: 'message' }>): readonly Move[] => {
  const { name, key } = wait
  const first = player.steps.find(
    (each) => each.wait.kind === 'message' && each.wait.name === name && (each.wait.key === undefined || each.wait.key === key),
  )
  if (first === undefined || first.incident !== undefined) return []
  return completing(player, first).map((game) => ({
    name: 'message',
    input: { kind: 'message', name, body: 1, ...(key === undefined ? {} : { key }) },
    game,
  }))
}

/** An administrator tries again, or goes on without. */
const mendingMoves = (player: KernelPlayer, step: Step): readonly Move[] => {
  const { n, node: id } = step
  const node = player.model.nodes.find((each) => each.id === id)
  const isChoice = node?.type === 'or-split' || node?.type === 'goto'
  const isAtOnce = isChoice && step.wait.kind !== 'task'
  const retry: Move = {
    name: 'retry',
    input: { kind: 'retry', by: OPERATOR, step: n },
    game: (rules, game) => (isAtOnce && taken(rules, id) !== undefined ? chooseAgain(rules, game, id) : game),
  }
  const ways = outgoingOf(player, id)
  const skips = ways.map((transition, way): Move => {
    const { route, to } = player.model.transitions[transition] ?? { to: '' }
    const name = route?.name ?? to
    // Two transitions of one name: the first is meant.
    const meant =
      ways.find((other) => (player.model.transitions[other]?.route?.name ?? player.model.transitions[other]?.to) === name) ?? transition
    return {
      name: `skip ${way}`,
      input: { kind: 'skip', by: OPERATOR, step: n, ...(ways.length > 1 ? { route: name } : {}) },
      game: (rules, game) => completeStep(rules, game, id, [meant]),
    }
  })
  return [retry, ...skips]
}

export const outgoingOf = (player: KernelPlayer, node: string): readonly number[] =>
  player.model.transitions.flatMap((transition, at) => (transition.from === node ? [at] : []))

const routesOf = (player: KernelPlayer, step: Step): readonly (string | undefined)[] =>
  outgoingOf(player, step.node).map((transition) => player.model.transitions[transition]?.route?.name)
