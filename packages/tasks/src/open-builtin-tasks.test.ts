import type { TaskOutcome } from '@millrace/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { attemptOf, never } from './attempt.fixture.ts'
import { type LogLine, openBuiltinTasks } from './index.ts'

const lines: LogLine[] = []
const tasks = openBuiltinTasks({ log: (line) => lines.push(line) })
const run = (task: string, input?: Parameters<typeof attemptOf>[1], more?: Parameters<typeof attemptOf>[2]) =>
  tasks.run(attemptOf(task, input, more), never)

afterEach(() => {
  vi.useRealTimers()
  lines.length = 0
})

describe('the list of built-in tasks', () => {
  test('names each task with title, description and JSON schemas, and hides the host’s own', () => {
    expect(tasks.list().map((task) => task.name)).toEqual([
      'http.request',
      'script.javascript',
      'data.set',
      'mail.send',
      'log',
      'wait',
      'noop',
      'test.fail',
    ])
    for (const task of tasks.list()) {
      expect(task.title.length).toBeGreaterThan(5)
      expect(task.description?.length).toBeGreaterThan(20)
      expect(task.plugin).toBe('builtin')
    }
    expect(tasks.has('millrace.rule')).toBe(true)
    expect(tasks.has('http.reqest')).toBe(false)
  })

  test('describes durations as the text that authors write', () => {
    const wait = tasks.list().find((task) => task.name === 'wait')
    expect(wait?.input).toMatchObject({ type: 'object', properties: { for: { type: 'string' } }, required: ['for'] })
  })

  test('answers an unknown task with the names of those there are', async () => {
    expect(await run('com.example.Activate')).toMatchObject({
      ok: false,
      error: { code: 'TASK_UNKNOWN', retryable: false, message: expect.stringContaining('http.request, script.javascript') },
    })
  })
})

describe('tasks that do not wait', () => {
  test('are answered without a promise', () => {
    expect(run('noop', { any: 'thing' })).toEqual({ ok: true })
    expect(run('noop')).toEqual({ ok: true })
    expect(run('data.set', { approved: true, note: { by: 'ana' } })).toEqual({ ok: true, output: { approved: true, note: { by: 'ana' } } })
    expect(run('log', { message: 'page is live', fields: { path: '/content/we' } })).toEqual({ ok: true })
  })

  test('log gives the line to the host with instance and node', () => {
    void run('log', { message: 'hello', level: 'warn' })
    expect(lines).toEqual([
      { level: 'warn', message: 'hello', fields: {}, instance: '01890000-0000-7000-8000-000000000001', node: 'activate' },
    ])
  })

  test('refuse arguments that do not fit, naming each, and are not tried again', () => {
    const outcome = run('log', { massage: 'x', level: 'loud' }) as TaskOutcome & { ok: false }
    expect(outcome.error).toMatchObject({ code: 'INPUT_INVALID', retryable: false })
    expect(outcome.error.message).toContain('message:')
    expect(outcome.error.message).toContain('level:')
    expect(outcome.error.message).toContain('massage')
  })

  test('an error nobody foresaw is an outcome and not an exception', () => {
    const broken = openBuiltinTasks({
      log: () => {
        throw new Error('disk gone')
      },
    })
    expect(broken.run(attemptOf('log', { message: 'x' }), never)).toMatchObject({
      ok: false,
      error: { code: 'TASK_FAILED', message: 'disk gone', retryable: true },
    })
  })
})

describe('test.fail', () => {
  test('fails so many times with the code given, then succeeds', () => {
    const input = { code: 'NO_CREDIT', message: 'Card refused', times: 2, retryable: false }
    expect(run('test.fail', input, { attempt: 2 })).toEqual({
      ok: false,
      error: { code: 'NO_CREDIT', message: 'Card refused', retryable: false },
    })
    expect(run('test.fail', input, { attempt: 3 })).toEqual({ ok: true, output: { attempt: 3 } })
  })
})

describe('wait', () => {
  test('completes when its time has passed', async () => {
    vi.useFakeTimers()
    let outcome: TaskOutcome | undefined
    const done = Promise.resolve(run('wait', { for: '1m30s' })).then((value) => (outcome = value))
    await vi.advanceTimersByTimeAsync(89_999)
    expect(outcome).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    await done
    expect(outcome).toEqual({ ok: true })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('refuses what belongs to a wait node', () => {
    expect(run('wait', { for: '1h' })).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
    expect(run('wait', { for: 'P1M' })).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
    expect(run('wait', { for: 'soon' })).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  })

  test('is answered at the attempt’s own deadline', async () => {
    vi.useFakeTimers()
    const outcome = run('wait', { for: '1m' }, { timeoutMs: 5000 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'TIMED_OUT', retryable: true } })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is answered when its cancellation comes, also one that came before', async () => {
    const cancellation = new AbortController()
    const outcome = tasks.run(attemptOf('wait', { for: '5m' }), () => cancellation.signal)
    cancellation.abort()
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'CANCELLED', retryable: false } })
    expect(await tasks.run(attemptOf('wait', { for: '5m' }), () => cancellation.signal)).toMatchObject({ error: { code: 'CANCELLED' } })
  })
})
