import { mutatedModel, soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileNet } from '../net/net.ts'
import { checkSoundness } from './check-soundness.ts'
import { playNaively } from './naive-game.fixture.ts'
import { reduce } from './reduce.ts'
import { search } from './search.ts'

describe('soundness of random models', () => {
  test('every block-structured model is sound, and folding alone proves it', () => {
    fc.assert(
      fc.property(soundModel({ maxDepth: 4 }), (model) => {
        expect(checkSoundness(model)).toEqual({ verdict: 'sound', states: 0 })
      }),
      { numRuns: 150 },
    )
  })

  test('folding never calls a model sound that the search finds unsound', () => {
    const property = fc.property(mutatedModel(), (model) => {
      const net = compileNet(model)
      const played = search(net, { budget: 20_000 })
      fc.pre(played.verdict !== 'unknown')
      if (reduce(net) === 'sound') expect(played.verdict).toBe('sound')
      expect(checkSoundness(model).verdict).toBe(played.verdict)
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('the search gives the verdict of a naive play', () => {
    const property = fc.property(mutatedModel({ maxDepth: 2 }), (model) => {
      const net = compileNet(model)
      const naive = playNaively(net, 3_000)
      fc.pre(naive !== undefined)
      expect(search(net, { budget: 20_000 }).verdict).toBe(naive)
    })
    fc.assert(property, { numRuns: 500 })
  })
})
