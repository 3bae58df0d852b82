import type { Model, Node, Transition } from '@millrace/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KernelPlayer } from './kernel-player.ts'
import { movesOf } from './moves.ts'
import { beginGame, completeStep, isOver, type NaiveGame, openNodes, type Rules, restingTokens } from './naive-game.ts'
import { playableModel } from './playable-model.ts'
import { runsWithSeed } from './seed.ts'

const node = (id: string, type: Node['type'], more: object = {}): Node =>
  ({ id, title: id, type, ...(type === 'process' ? { task: 'log', autoAdvance: true } : {}), ...more }) as Node
const model = (nodes: readonly Node[], arrows: readonly string[]): Model => ({
  id: 'model',
  title: 'Model',
  language: 1,
  payload: 'none',
  data: {},
  nodes: [node('start', 'start'), ...nodes, node('end', 'end')],
  transitions: arrows.map((arrow): Transition => {
    const [from = '', to = ''] = arrow.split('>')
    return { from, to }
  }),
})
const always = (of: Model): Rules => ({ model: of, holds: () => true })

describe('the naive game', () => {
  test('a join of all fires once, when every branch has come', () => {
    const rules = always(
      model(
        [node('fork', 'and-split'), node('a', 'process'), node('b', 'process'), node('all', 'and-join'), node('c', 'process')],
        ['start>fork', 'fork>a', 'fork>b', 'a>all', 'b>all', 'all>c', 'c>end'],
      ),
    )
    let game = beginGame(rules)
    expect(openNodes(rules, game)).toEqual(['a', 'b'])
    game = completeStep(rules, game, 'b', [4])
    expect([openNodes(rules, game), restingTokens(rules, game)]).toEqual([['a'], [4]])
    game = completeStep(rules, game, 'a', [3])
    expect([openNodes(rules, game), restingTokens(rules, game)]).toEqual([['c'], []])
    expect(isOver(completeStep(rules, game, 'c', [6]))).toBe(true)
  })

  test('a join that needs one of two withdraws the other branch, wherever it stands', () => {
    const rules = always(
      model(
        [
          node('fork', 'and-split'),
          node('a', 'process'),
          node('b', 'process'),
          node('b2', 'process'),
          node('one', 'and-join', { need: 1 }),
          node('c', 'process'),
        ],
        ['start>fork', 'fork>a', 'fork>b', 'a>one', 'b>b2', 'b2>one', 'one>c', 'c>end'],
      ),
    )
    const game = completeStep(rules, beginGame(rules), 'b', [4])
    expect(openNodes(rules, game)).toEqual(['a', 'b2'])
    expect(openNodes(rules, completeStep(rules, game, 'a', [3]))).toEqual(['c'])
  })

  test('branches may each run into an end, and the last one ends the game', () => {
    const rules = always(
      model([node('fork', 'and-split'), node('a', 'process'), node('b', 'process')], ['start>fork', 'fork>a', 'fork>b', 'a>end', 'b>end']),
    )
    const game = completeStep(rules, beginGame(rules), 'a', [3])
    expect([isOver(game), isOver(completeStep(rules, game, 'b', [4]))]).toEqual([false, true])
  })
})

interface Turn {
  /** Which open step, which of its moves, and which rules hold while it is decided. */
  readonly step: number
  readonly move: number
  readonly rules: number
}

/** Answers to rules that differ from decision to decision and from rule to rule, and are the same for both players. */
const answers =
  (seed: number) =>
  (transition: number): boolean =>
    (Math.imul(seed ^ (transition + 1), 0x9e3779b1) >>> 16) % 2 === 0

/** Loops end in the end: most of these moves complete something. */
const turns = fc.array(fc.record<Turn>({ step: fc.nat(), move: fc.nat(), rules: fc.nat() }), { minLength: 5, maxLength: 60, size: 'max' })

describe('the kernel', () => {
  test('plays random sound models as the naive game does', () => {
    let ended = 0
    let decisions = 0
    const property = fc.property(playableModel(), turns, fc.nat(), (random, schedule, first) => {
      const unlimited = { ...random, nodes: random.nodes.map(withoutLimit) }
      const player = new KernelPlayer(unlimited)
      let rules: Rules = { model: unlimited, holds: answers(first) }
      player.holds = rules.holds
      player.start()
      let game: NaiveGame = beginGame(rules)
      const played: string[] = []
      const agree = (): void => {
        const kernel = { open: player.steps.map((step) => step.node).sort(), resting: tokensOf(player), over: player.isOver }
        expect({ played, ...kernel }).toEqual({
          played,
          open: openNodes(rules, game),
          resting: restingTokens(rules, game),
          over: isOver(game),
        })
      }
      agree()
      for (const turn of schedule) {
        const step = player.steps[turn.step % Math.max(1, player.steps.length)]
        if (step === undefined) break
        rules = { model: unlimited, holds: answers(turn.rules) }
        player.holds = rules.holds
        const moves = movesOf(player, step)
        const move = moves[turn.move % moves.length]
        if (move === undefined) continue
        played.push(`${move.name} at ${step.node}`)
        player.nowMs += move.waitMs ?? 0
        player.play(move.input)
        game = move.game(rules, game)
        decisions++
        agree()
      }
      if (player.isOver) ended++
    })
    const runs = runsWithSeed('naive game', 400)
    fc.assert(property, runs)
    // Else the test would agree about nothing.
    expect(ended).toBeGreaterThan(runs.numRuns / 4)
    expect(decisions).toBeGreaterThan(runs.numRuns * 4)
  })
})

/** The rules know no limit of passes. */
const withoutLimit = (of: Node): Node => {
  const { maxPasses: _, ...rest } = of
  return rest
}

const tokensOf = (player: KernelPlayer): readonly number[] =>
  Object.entries(player.state.tokens)
    .flatMap(([edge, count]) => Array.from({ length: count }, () => Number(edge)))
    .sort((a, b) => a - b)
