import { describe, expect, test } from 'vitest'
import { createVirtualClock, VIRTUAL_START_MS } from './virtual-clock.ts'

describe('the virtual clock', () => {
  test('stands still until it is moved', () => {
    const clock = createVirtualClock(1_000)
    const called: number[] = []
    clock.after(0, () => called.push(clock.now()))
    expect([clock.now(), called]).toEqual([1_000, []])
    clock.advance(0)
    expect(called).toEqual([1_000])
  })

  test('calls in the order of time, each at its own moment, and those of one moment in the order they came', () => {
    const clock = createVirtualClock(0)
    const called: string[] = []
    clock.after(20, () => called.push(`b at ${clock.now()}`))
    clock.after(10, () => called.push(`a at ${clock.now()}`))
    clock.after(20, () => called.push(`c at ${clock.now()}`))
    clock.after(21, () => called.push('later'))
    clock.advance(20)
    expect(called).toEqual(['a at 10', 'b at 20', 'c at 20'])
    expect([clock.now(), clock.nextInMs]).toEqual([20, 1])
  })

  test('calls what a call puts on it while time passes, and not what was taken off', () => {
    const clock = createVirtualClock(0)
    const called: number[] = []
    const again = () => {
      called.push(clock.now())
      clock.after(10, again)
    }
    clock.after(10, again)
    const stop = clock.after(15, () => called.push(-1))
    stop()
    clock.advance(35)
    expect(called).toEqual([10, 20, 30])
  })

  test('shows another time when it is set, while spans of time stay as long as they were', () => {
    const clock = createVirtualClock()
    const called: number[] = []
    clock.after(1_000, () => called.push(clock.now()))
    clock.set(VIRTUAL_START_MS - 3_600_000)
    clock.advance(999)
    expect(called).toEqual([])
    clock.advance(1)
    expect(called).toEqual([VIRTUAL_START_MS - 3_599_000])
  })
})
