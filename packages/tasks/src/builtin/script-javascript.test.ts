import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { JsonValue } from '@millrace/model'
import type { TaskOutcome } from '@millrace/protocol'
import { afterAll, describe, expect, test } from 'vitest'
import { attemptOf, never } from '../attempt.fixture.ts'
import { openBuiltinTasks } from '../index.ts'

const tasks = openBuiltinTasks()
afterAll(() => tasks.close())

const script = async (code: string, more: { readonly [name: string]: JsonValue } = {}) =>
  tasks.run(attemptOf('script.javascript', { code, ...more }), never)

const outputOf = (outcome: TaskOutcome) => {
  if (!outcome.ok) throw new Error(`Expected success, got ${outcome.error.message}`)
  return outcome.output as { readonly [name: string]: JsonValue }
}

const errorOf = (outcome: TaskOutcome) => {
  if (outcome.ok) throw new Error(`Expected a failure, got ${JSON.stringify(outcome.output)}`)
  return outcome.error
}

describe('script.javascript', () => {
  test('gives what the script returns, and what it wrote', async () => {
    const code =
      'console.log("total", { n: input.prices.length }); console.warn(1); return { total: input.prices.reduce((a, b) => a + b, 0) }'
    expect(await script(code, { input: { prices: [1, 2, 3] } })).toEqual({
      ok: true,
      output: { result: { total: 6 }, console: ['total {"n":3}', 'warn: 1'] },
    })
  })

  test('awaits, and returns null when the script returns nothing', async () => {
    expect(await script('const x = await Promise.resolve(4); return x * 2')).toMatchObject({ output: { result: 8 } })
    expect(await script('const x = 1')).toMatchObject({ output: { result: null } })
  })

  test('has nothing in reach of this process', async () => {
    const names = ['process', 'require', 'fetch', 'setTimeout', 'Worker', 'WebAssembly', 'Deno', 'XMLHttpRequest']
    expect(await script(`return ${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toMatchObject({ output: { result: [] } })
    expect(errorOf(await script('return (await import("node:fs")).readFileSync("/etc/passwd")')).code).toBe('SCRIPT_FAILED')
    expect(await script('return this.constructor.constructor("return typeof process")()')).toMatchObject({
      output: { result: 'undefined' },
    })
  })

  test('leaves nothing behind for the next script', async () => {
    await script('globalThis.leak = 1; Array.prototype.map = () => "bad"; JSON.stringify = () => "bad"; return 1')
    expect(await script('return [typeof leak, [1].map((x) => x + 1)]')).toMatchObject({ output: { result: ['undefined', [2]] } })
  })

  test('cannot change how its result is read', async () => {
    const code = 'JSON.stringify = () => "7"; Array.prototype.push = () => { throw 1 }; console.log("seen"); return 1'
    expect(await script(code)).toEqual({ ok: true, output: { result: 1, console: ['seen'] } })
  })

  test('an error says what and where, with what was written before', async () => {
    expect(errorOf(await script('console.log("so far")\nconst a = undefined\nreturn a.b'))).toEqual({
      code: 'SCRIPT_FAILED',
      message: "The script failed: TypeError: cannot read property 'b' of undefined, at line 3.",
      retryable: false,
      details: { console: ['so far'] },
    })
    expect(errorOf(await script('throw "plain"')).message).toBe('The script failed: plain.')
    expect(errorOf(await script('return 1 +')).message).toContain('SyntaxError')
    expect(errorOf(await script('await new Promise(() => {})')).message).toContain('waits for a promise')
    expect(errorOf(await script('const a = {}; a.a = a; return a')).message).toContain('circular')
  })

  test.each([
    ['a loop', 'for (;;);'],
    ['a loop that catches', 'for (;;) { try { for (;;); } catch {} }'],
    ['a regular expression', 'return /^(a+)+$/.test("a".repeat(40) + "b")'],
    ['microtasks without end', 'const f = () => Promise.resolve().then(f); await f()'],
    ['toJSON', 'return { toJSON() { for (;;); } }'],
    ['a thenable', 'return { then() { for (;;); } }'],
  ])('%s that never ends is TIMED_OUT, and the event loop runs on', async (_, code) => {
    await script('return 1')
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    expect(errorOf(await script(code, { timeout: '200ms' }))).toMatchObject({ code: 'TIMED_OUT', retryable: false })
    delay.disable()
    expect(delay.percentile(50) / 1e6).toBeLessThan(50)
    expect(await script('return "still here"')).toMatchObject({ output: { result: 'still here' } })
  })

  test.each([
    ['memory', 'const a = []; for (;;) a.push("x".repeat(1e6) + a.length)', { memory: 16, timeout: '20s' }],
    ['depth', 'const f = () => f() + 1; return f()', { timeout: '20s' }],
    ['memory in small pieces', 'const a = []; for (;;) a.push(new Array(1000).fill(1))', { timeout: '20s' }],
    ['depth of the result', 'let a = {}; for (let i = 0; i < 50000; i++) a = { a }; return a', { timeout: '20s' }],
    ['size of the result', 'return "x".repeat(2e6)', { timeout: '20s' }],
  ])('beyond its limit of %s it is SCRIPT_LIMIT, and the next script runs', async (_, code, more) => {
    expect(errorOf(await script(code, more))).toMatchObject({ code: 'SCRIPT_LIMIT', retryable: false })
    expect(await script('return "still here"')).toMatchObject({ output: { result: 'still here' } })
  })

  test('more scripts than threads wait in line, and each gets its own answer', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => script('return input * 2', { input: n })))
    expect(outcomes.map((outcome) => outputOf(outcome).result)).toEqual(Array.from({ length: 20 }, (_, n) => n * 2))
  })

  test('a cancelled script is ended, running or in line', async () => {
    const cancellation = new AbortController()
    const outcomes = Array.from({ length: 4 }, async () =>
      tasks.run(attemptOf('script.javascript', { code: 'for (;;);', timeout: '60s' }), () => cancellation.signal),
    )
    cancellation.abort()
    for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject({ error: { code: 'CANCELLED' } })
    expect(await script('return 1')).toMatchObject({ ok: true })
  })
})
