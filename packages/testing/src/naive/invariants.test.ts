import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commandOf } from './commands.ts'
import { KernelPlayer, OPERATOR } from './kernel-player.ts'
import { movesOf } from './moves.ts'
import { playableModel } from './playable-model.ts'
import { runsWithSeed } from './seed.ts'

/** Something that happens: a move of an open step, or any command. */
interface Happening {
  readonly isCommand: boolean
  readonly kind: number
  readonly pick: number
  readonly rules: number
  readonly passMs: number
  readonly isNobodyThere: boolean
}

const happenings = fc.array(
  fc.record<Happening>({
    isCommand: fc.boolean(),
    kind: fc.nat(),
    pick: fc.nat(),
    rules: fc.nat(),
    passMs: fc.constantFrom(0, 1_000, 60_000, 86_400_000 * 3, -5_000),
    isNobodyThere: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { minLength: 5, maxLength: 60, size: 'max' },
)

/** Moves after which a loop may go round for ever: the models of this test are smaller. */
const MANY_MOVES = 300

/** Whatever was done to it, whoever goes on now comes to an end: a branch that was left behind would stand in the way. */
const playOut = (player: KernelPlayer): boolean => {
  player.isAnybodyThere = true
  player.tryToPlay({ kind: 'admit' })
  player.tryToPlay({ kind: 'resume', by: OPERATOR })
  for (let move = 0; move < MANY_MOVES && player.steps.length > 0 && player.state.status === 'RUNNING'; move++) {
    player.holds = (transition) => (Math.imul(move ^ (transition + 1), 0x9e3779b1) >>> 16) % 2 === 0
    const [step] = player.steps.slice(move % player.steps.length)
    const good = step === undefined ? [] : movesOf(player, step).filter(({ name }) => !name.includes('failure'))
    const next = good[good.length - 1]
    if (next === undefined) continue
    player.nowMs += next.waitMs ?? 0
    player.play(next.input)
  }
  return player.state.status === 'COMPLETED'
}

describe('the kernel under any commands in any order', () => {
  test('keeps the state equal to the fold of its facts, gives every open instance a reason to wait, and changes nothing when it refuses', () => {
    const accepted = new Map<string, number>()
    const statuses = new Map<string, number>()
    let completed = 0
    const property = fc.property(playableModel(), happenings, (model, list) => {
      const player = new KernelPlayer(model)
      player.start()
      for (const { isCommand, kind, pick, rules, passMs, isNobodyThere } of list) {
        player.nowMs += passMs
        player.isAnybodyThere = !isNobodyThere
        player.holds = (transition) => (Math.imul(rules ^ (transition + 1), 0x9e3779b1) >>> 16) % 2 === 0
        const step = player.steps[pick % Math.max(1, player.steps.length)]
        const moves = step === undefined ? [] : movesOf(player, step)
        const move = moves[kind % Math.max(1, moves.length)]
        const input = !isCommand && move !== undefined ? move.input : commandOf(player, kind, pick)
        if (!isCommand && move !== undefined) player.nowMs += move.waitMs ?? 0
        const played = player.tryToPlay(input)
        if (played !== undefined && played.facts.length > 0) accepted.set(input.kind, (accepted.get(input.kind) ?? 0) + 1)
        statuses.set(player.state.status, (statuses.get(player.state.status) ?? 0) + 1)
      }
      if (playOut(player)) completed++
    })
    const runs = runsWithSeed('kernel invariants', 300)
    fc.assert(property, runs)
    expect(completed).toBeGreaterThan(runs.numRuns / 2)
    // Every command was possible now and then, and every status was met: else nothing was shown about it.
    const kinds = [
      'suspend',
      'resume',
      'cancel',
      'terminate',
      'restart',
      'admit',
      'step-back',
      'skip',
      'retry',
      'timer',
      'callback',
      'message',
    ]
    expect(kinds.filter((kind) => (accepted.get(kind) ?? 0) === 0)).toEqual([])
    expect(['RUNNING', 'SUSPENDED', 'CANCELLING', 'QUEUED', 'COMPLETED', 'ABORTED'].filter((status) => !statuses.has(status))).toEqual([])
  })
})
