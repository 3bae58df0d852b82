import { describe, expect, it } from 'vitest'
import { ana, bo, playGraph } from '../fixture/play-graph.fixture.ts'
import { type Actor, type Input, type ItemRight, Refusal, rightsOf } from '../index.ts'

const operator: Actor = { user: 'olga', groups: [], isOperator: true }
const cy: Actor = { user: 'cy', groups: ['editors'], isOperator: false }

const MODEL = `
id: review
nodes:
  - { id: write, type: participant, assign: "user:ana", next: split }
  - { id: split, type: and-split, branches: [review, read] }
  - { id: review, type: participant, assign: "group:editors", exclude: ["user:cy"], next: join }
  - { id: read, type: wait, callback: true, next: join }
  - { id: join, type: and-join, next: last }
  - { id: last, type: participant, assign: "group:editors", next: end }
`

/** Every right, as the command it lets a person give. */
const commands = (by: Actor, step: number): { readonly [right in ItemRight]: Input } => ({
  comment: { kind: 'comment', by, step, text: 'x' },
  complete: { kind: 'complete', by, step },
  delegate: { kind: 'delegate', by, step, to: 'user:dan' },
  claim: { kind: 'claim', by, step },
  unclaim: { kind: 'unclaim', by, step },
  'step-back': { kind: 'step-back', by, step },
})

type Game = ReturnType<typeof playGraph>

const places: { readonly [name: string]: (game: Game) => number } = {
  'a free item beside another branch': (game) => game.step('review'),
  'a claimed item': (game) => {
    game.send({ kind: 'claim', by: ana, step: game.step('review') })
    return game.step('review')
  },
  'a suspended item': (game) => {
    game.send({ kind: 'suspend', by: operator })
    return game.step('review')
  },
  'an item that can go back': (game) => {
    game.send({ kind: 'complete', by: ana, step: game.step('review') })
    game.send({ kind: 'callback', step: game.step('read'), body: null })
    return game.step('last')
  },
  'an item that failed': (game) => {
    game.send({ kind: 'complete', by: ana, step: game.step('review') })
    game.send({ kind: 'callback', step: game.step('read'), body: null })
    const n = game.step('last')
    game.pass(3_600_000)
    game.send({ kind: 'timer', step: n, timeout: 0 })
    expect(game.state.steps[n]?.incident?.code).toBe('TIMED_OUT')
    return n
  },
}

const model = MODEL.replace(
  'assign: "group:editors", next: end',
  'assign: "group:editors", timeout: { after: PT1H, then: fail }, next: end',
)

describe('the rights on a work item are what the commands allow', () => {
  it.each(Object.keys(places))('%s', (place) => {
    for (const by of [ana, bo, cy, operator]) {
      for (const right of Object.keys(commands(by, 0)) as ItemRight[]) {
        const game = playGraph(model)
        game.start()
        game.send({ kind: 'complete', by: ana, step: 1 })
        const n = places[place]?.(game) ?? 0
        const step = game.state.steps[n]
        if (step === undefined) throw new Error(`No step for ${place}.`)
        const isOffered = rightsOf(game.state, step, by, game.program).includes(right)
        let isAllowed = true
        try {
          game.send(commands(by, n)[right])
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          isAllowed = false
        }
        // Claiming again what one has changes nothing, and so is not offered; who may read an item may comment on it.
        const isNoChange = right === 'claim' && step.wait.kind === 'work-item' && step.wait.assignee !== undefined
        expect([by.user, right, isOffered]).toEqual([by.user, right, isAllowed && !isNoChange])
      }
    }
  })
})
