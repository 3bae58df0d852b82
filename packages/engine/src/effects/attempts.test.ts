import type { State } from '@millrace/kernel'
import type { TaskAttempt, TaskOutcome, TaskRunner } from '@millrace/protocol'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { Attempts } from './attempts.ts'

const done: TaskOutcome = { ok: true }

/** Tasks named `now` end at once, all others when the test says so. */
const playground = (limit: number) => {
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const aborted: string[] = []
  const tasks: TaskRunner = {
    run: ({ key, task }: TaskAttempt, signal) => {
      began.push(key)
      if (task === 'now') return done
      signal().addEventListener('abort', () => aborted.push(key))
      return new Promise((resolve) => ends.set(key, () => resolve(done)))
    },
    has: () => true,
    list: () => [],
    close: async () => undefined,
  }
  let timers: (() => void)[] = []
  const clock: Clock = {
    now: () => 0,
    after: (_, call) => {
      timers.push(call)
      return () => void (timers = timers.filter((each) => each !== call))
    },
  }
  const attempts = new Attempts({ tasks, clock, secret: Buffer.alloc(32), limit })
  const run = (step: number, task = 'slow', timeoutMs?: number) =>
    attempts.run(
      { id: 'i', workspace: 'default', workflow: 'w', steps: {} } as State,
      { kind: 'attempt', step, attempt: 1, task, key: `i:${step}`, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
      false,
    )
  return {
    attempts,
    run,
    began,
    aborted,
    end: (step: number) => ends.get(`i:${step}`)?.(),
    fire: () => timers.splice(0).forEach((call) => call()),
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('attempts that wait for room', () => {
  it('begin in order, and all that need no waiting themselves begin as soon as there is room', async () => {
    const { run, began, end } = playground(1)
    void run(1)
    const waiting = [run(2, 'now'), run(3, 'now'), run(4), run(5, 'now')]
    expect(began).toEqual(['i:1'])
    end(1)
    await turn()
    expect(began).toEqual(['i:1', 'i:2', 'i:3', 'i:4'])
    end(4)
    expect(await Promise.all(waiting.map(async (each) => each))).toMatchObject(
      [2, 3, 4, 5].map((step) => ({ kind: 'attempt-succeeded', step })),
    )
  })

  it('do not begin when their step no longer needs them', async () => {
    const { attempts, run, began, end } = playground(1)
    void run(1)
    const waiting = run(2)
    attempts.abort('i', 2)
    expect(await waiting).toMatchObject({ kind: 'attempt-failed', step: 2, error: { code: 'ABORTED' } })
    expect(attempts.isRunning('i', 2)).toBe(false)
    end(1)
    await turn()
    expect(began).toEqual(['i:1'])
  })

  it('get no more room than there is when a task ends after its timeout', async () => {
    const { run, began, end, fire, aborted } = playground(1)
    const first = run(1, 'slow', 1_000)
    fire()
    expect(await first).toMatchObject({ kind: 'attempt-failed', error: { code: 'TIMED_OUT' } })
    expect(aborted).toEqual(['i:1'])
    void run(2)
    end(1)
    await turn()
    void run(3)
    expect(began).toEqual(['i:1', 'i:2'])
  })
})
