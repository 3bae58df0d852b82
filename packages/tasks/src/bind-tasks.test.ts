import { afterAll, describe, expect, test } from 'vitest'
import { attemptOf, never } from './attempt.fixture.ts'
import { bindTasks, joinTasks, openBuiltinTasks } from './index.ts'

const builtin = openBuiltinTasks()
afterAll(() => builtin.close())

describe('bound tasks', () => {
  const tasks = bindTasks(builtin, {
    'aem:com.example.Set': { task: 'data.set', with: { by: 'binding' } },
    'aem:com.example.Only': { task: 'data.set', with: { by: 'binding' }, replace: true },
    'aem:com.example.Chain': { task: 'aem:com.example.Set', with: { extra: 1 } },
    'aem:com.example.Lost': { task: 'nobody.has.this' },
  })

  test('run under the name a model gives them, with arguments joined or replaced', () => {
    const input = { PROCESS_ARGS: 'x', by: 'node' }
    expect(tasks.run(attemptOf('aem:com.example.Set', input), never)).toEqual({ ok: true, output: { PROCESS_ARGS: 'x', by: 'binding' } })
    expect(tasks.run(attemptOf('aem:com.example.Only', input), never)).toEqual({ ok: true, output: { by: 'binding' } })
    expect(tasks.run(attemptOf('aem:com.example.Chain', input), never)).toEqual({
      ok: true,
      output: { PROCESS_ARGS: 'x', by: 'binding', extra: 1 },
    })
  })

  test('are offered only when what they lead to is', () => {
    const offered = ['aem:com.example.Set', 'aem:com.example.Chain', 'aem:com.example.Lost', 'aem:other', 'noop'].filter((name) =>
      tasks.has(name),
    )
    expect(offered).toEqual(['aem:com.example.Set', 'aem:com.example.Chain', 'noop'])
    expect(tasks.run(attemptOf('aem:com.example.Lost'), never)).toMatchObject({ error: { code: 'TASK_UNKNOWN' } })
  })

  test('that lead back to themselves are refused before anything runs', () => {
    expect(() => bindTasks(builtin, { a: { task: 'b' }, b: { task: 'c' }, c: { task: 'b' } })).toThrow('a → b → c → b')
    expect(() => bindTasks(builtin, { a: { task: 'a' } })).toThrow('a → a')
  })
})

test('of joined runners the earlier one has a name that both offer', () => {
  const own = { ...builtin, run: () => ({ ok: true, output: 'own' }) as const, has: (task: string) => task === 'noop', list: () => [] }
  const tasks = joinTasks([own, builtin])
  expect(tasks.run(attemptOf('noop'), never)).toEqual({ ok: true, output: 'own' })
  expect(tasks.run(attemptOf('data.set', { a: 1 }), never)).toEqual({ ok: true, output: { a: 1 } })
  expect(tasks.run(attemptOf('aem:x'), never)).toMatchObject({ error: { code: 'TASK_UNKNOWN', retryable: false } })
  expect(tasks.list()).toHaveLength(builtin.list().length)
})
