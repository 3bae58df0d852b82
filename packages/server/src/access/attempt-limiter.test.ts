import { expect, test } from 'vitest'
import { AttemptLimiter } from './attempt-limiter.ts'

const limiterAt = (start = 0) => {
  let now = start
  return { limiter: new AttemptLimiter({ failures: 3, withinMs: 60_000 }, () => now), wait: (ms: number) => void (now += ms) }
}

test('after too many failures the key waits until the window is over', () => {
  const { limiter, wait } = limiterAt()
  for (let n = 0; n < 3; n++) limiter.begin('ana')
  wait(20_000)
  expect(() => limiter.begin('ana')).toThrow('Try again in 40 s')
  limiter.begin('bo')
  wait(40_000)
  limiter.begin('ana')
})

test('successes do not count', () => {
  const { limiter } = limiterAt()
  for (let n = 0; n < 50; n++) limiter.begin('ana')()
  expect(() => limiter.begin('ana')).not.toThrow()
})

test('attempts that have not ended count, so many at once get no further than one by one', () => {
  const { limiter } = limiterAt()
  const open = [limiter.begin('ana'), limiter.begin('ana'), limiter.begin('ana')]
  expect(() => limiter.begin('ana')).toThrow('Too many')
  open[0]?.()
  limiter.begin('ana')
})

test('a success of an old window does not buy an attempt in the new one', () => {
  const { limiter, wait } = limiterAt()
  const slow = limiter.begin('ana')
  wait(60_000)
  for (let n = 0; n < 3; n++) limiter.begin('ana')
  slow()
  expect(() => limiter.begin('ana')).toThrow('Too many')
})
