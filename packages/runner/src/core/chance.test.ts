import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createChance, randomFraction, randomUuid } from './chance.ts'

test('the same text gives the same numbers, in every release: journals are replayed for years', () => {
  const chance = createChance('01890000-0000-7000-8000-000000000001:1')
  expect([chance.next(), chance.next(), randomFraction(chance), randomUuid(chance)]).toMatchInlineSnapshot(`
    [
      1448039241,
      1540523918,
      0.4020070498123909,
      "48f0933e-6b8f-4750-9ab5-9c2ded77f562",
    ]
  `)
})

test('fractions lie in [0, 1) and UUIDs are of version 4, whatever the seed', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const chance = createChance(seed)
      const fraction = randomFraction(chance)
      expect(fraction >= 0 && fraction < 1).toBe(true)
      expect(randomUuid(chance)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }),
  )
})

test('neighbouring seeds share nothing', () => {
  const drawn = new Set(Array.from({ length: 10_000 }, (_, i) => randomUuid(createChance(`instance-${i}:1`))))
  expect(drawn.size).toBe(10_000)
})

test('numbers spread evenly', () => {
  const chance = createChance('spread')
  const buckets = new Array<number>(10).fill(0)
  for (let i = 0; i < 100_000; i++) {
    const bucket = Math.floor(randomFraction(chance) * 10)
    buckets[bucket] = (buckets[bucket] ?? 0) + 1
  }
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500)
})
