import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cancellation, TaskAttempt, TaskOutcome } from '@millrace/protocol'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { removeFiles, writeFiles } from '../fixture/workflow-files.fixture.ts'
import { openTaskProcess, type TaskLog, type TaskProcess } from '../index.ts'

const IMPORTS = `import { defineTask, WorkflowError } from '@millrace/workflow'\nimport { z } from 'zod'\n`

const opened: TaskProcess[] = []
afterEach(() => Promise.all(opened.splice(0).map((tasks) => tasks.close())))
afterAll(removeFiles)

const open = async (files: { readonly [name: string]: string }) => {
  const folder = await writeFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, IMPORTS + text])))
  const logs: TaskLog[] = []
  const printed: string[] = []
  const warnings: string[] = []
  const tasks = await openTaskProcess({
    folder,
    onLog: (line) => void logs.push(line),
    onOutput: (text) => void printed.push(text),
    onWarning: (message) => void warnings.push(message),
  })
  opened.push(tasks)
  const run = async (task: string, input?: unknown, more: Partial<TaskAttempt> = {}, signal: Cancellation = never): Promise<TaskOutcome> =>
    tasks.run(
      {
        instance: 'i-1',
        workspace: 'default',
        workflow: 'w',
        step: 4,
        node: task,
        attempt: 1,
        task,
        key: 'i-1:4',
        ...(input === undefined ? {} : { input: input as never }),
        ...more,
      },
      () => signal,
    )
  return { folder, tasks, run, logs, printed, warnings }
}

const never: Cancellation = { aborted: false, addEventListener: () => undefined }

describe('authors’ tasks', () => {
  test('are offered with their schemas, from every *.task.ts below the folder', async () => {
    const { tasks } = await open({
      'a.task.ts': `export const a = defineTask({ name: 'a.one', title: 'One', description: 'Does one', input: z.object({ n: z.number() }), output: z.string() }, async () => 'x')`,
      'deep/b.task.ts': `export const b = defineTask({ name: 'b', input: z.any() }, () => 1); export const again = b; export const other = 3`,
      'node_modules/lib/c.task.ts': `export const c = defineTask({ name: 'c', input: z.any() }, () => 1)`,
      'not-a-task.ts': `throw new Error('must not be loaded')`,
    })
    expect(tasks.list()).toEqual([
      {
        name: 'a.one',
        title: 'One',
        description: 'Does one',
        plugin: 'project',
        input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
        output: { type: 'string' },
      },
      { name: 'b', title: 'b', plugin: 'project', input: {} },
    ])
    expect([tasks.has('b'), tasks.has('c')]).toEqual([true, false])
    expect(tasks.problems()).toEqual([])
  })

  test('get their input checked and transformed, and know what attempt they are', async () => {
    const { run, logs } = await open({
      'a.task.ts': `export const a = defineTask({ name: 'a', input: z.object({ at: z.coerce.date(), n: z.number().default(2) }) }, async ({ at, n }, context) => {
        context.log('working', { n })
        const { signal, log, heartbeat, ...plain } = context
        return { year: at.getUTCFullYear(), n, plain, aborted: signal.aborted }
      })`,
    })
    expect(await run('a', { at: '2026-05-01' }, { attempt: 3, callbackToken: '/api/v1/callbacks/t' })).toEqual({
      ok: true,
      output: {
        year: 2026,
        n: 2,
        aborted: false,
        plain: { attempt: 3, key: 'i-1:4', instance: 'i-1', workflow: 'w', workspace: 'default', callback: '/api/v1/callbacks/t' },
      },
    })
    expect(logs).toEqual([{ instance: 'i-1', task: 'a', step: 4, attempt: 3, message: 'working', fields: { n: 2 } }])
  })

  test('run side by side', async () => {
    const { run } = await open({
      'a.task.ts': `let open; const both = new Promise((resolve) => { open = resolve }); let waiting = 0
        export const a = defineTask({ name: 'a', input: z.any() }, async () => { if (++waiting === 2) open(); await both; return waiting })`,
    })
    expect(await Promise.all([run('a'), run('a')])).toEqual([
      { ok: true, output: 2 },
      { ok: true, output: 2 },
    ])
  })

  test.each([
    [
      'input that does not fit',
      'strict',
      { n: 'x' },
      {
        code: 'INPUT_INVALID',
        message: 'The input of strict does not fit its schema: /n Invalid input: expected number, received string.',
        retryable: false,
      },
    ],
    [
      'output that does not fit',
      'strict',
      { n: 1 },
      { code: 'OUTPUT_INVALID', message: expect.stringMatching(/^What strict returned does not fit its schema: /), retryable: false },
    ],
    ['an error of the author', 'coded', 1, { code: 'CARD_DECLINED', message: 'Declined.', retryable: false, details: { card: 1 } }],
    ['any other error', 'plain', 1, { code: 'TASK_FAILED', message: 'boo (because: why)', stack: expect.stringContaining('a.task.ts:5') }],
    ['a result that is no JSON', 'bigint', 1, { code: 'TASK_FAILED', message: expect.stringContaining('BigInt') }],
    ['no such task', 'gone', 1, { code: 'TASK_UNKNOWN', retryable: false }],
  ])('fail on %s with a code and a sentence', async (_name, task, input, error) => {
    const { run } = await open({
      'a.task.ts': `export const strict = defineTask({ name: 'strict', input: z.object({ n: z.number() }), output: z.string() }, async () => 5 as never)
        export const coded = defineTask({ name: 'coded', input: z.any() }, () => { throw new WorkflowError('CARD_DECLINED', 'Declined.', { retryable: false, details: { card: 1 } }) })
        export const plain = defineTask({ name: 'plain', input: z.any() }, async () => { throw new Error('boo', { cause: new Error('why') }) })
        export const bigint = defineTask({ name: 'bigint', input: z.any() }, async () => 1n)`,
    })
    expect(await run(task, input)).toMatchObject({ ok: false, error })
  })
})

describe('limits', () => {
  test('an attempt is answered when its time is over, and its signal aborts', async () => {
    const { run, logs } = await open({
      'a.task.ts': `export const a = defineTask({ name: 'a', input: z.any(), timeout: '40ms' }, (_, { signal, log }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => { log(signal.reason.message); resolve('late') })))
        export const b = defineTask({ name: 'b', input: z.any() }, () => 'b')`,
    })
    expect(await run('a')).toEqual({
      ok: false,
      error: { code: 'TIMED_OUT', message: 'a took longer than 40 ms on try 1.', retryable: true },
    })
    expect(await run('a', 1, { timeoutMs: 20 })).toMatchObject({ error: { message: 'a took longer than 20 ms on try 1.' } })
    expect(await run('b')).toEqual({ ok: true, output: 'b' })
    expect(logs).toEqual([])
  })

  test('a cancelled attempt may say how it stopped', async () => {
    const { run } = await open({
      'a.task.ts': `export const a = defineTask({ name: 'a', input: z.any() }, (_, { signal, log }) => {
        log('started')
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve('cleaned up: ' + signal.reason.message)))
      })`,
    })
    let abort = () => undefined as void
    const signal: Cancellation = { aborted: false, addEventListener: (_, listener) => void (abort = listener) }
    const outcome = run('a', 1, {}, signal)
    await vi.waitFor(() => abort())
    expect(await outcome).toEqual({ ok: true, output: 'cleaned up: a was told to stop.' })
    expect(await run('a', 1, {}, { aborted: true, addEventListener: () => undefined })).toMatchObject({ ok: true })
  })

  test('an attempt that goes without a heartbeat fails; the next one knows where the last one was', async () => {
    const { run } = await open({
      'a.task.ts': `export const a = defineTask({ name: 'a', input: z.any(), heartbeat: '1s' }, async (_, { heartbeat, lastHeartbeat, attempt }) => {
        if (attempt === 2) return lastHeartbeat
        for (let page = 1; page <= 4; page++) { heartbeat({ page }); await new Promise((resolve) => setTimeout(resolve, 400)) }
        await new Promise(() => undefined)
      })`,
    })
    expect(await run('a')).toEqual({
      ok: false,
      error: { code: 'TIMED_OUT', message: 'a gave no heartbeat for 1000 ms on try 1.', retryable: true },
    })
    expect(await run('a', undefined, { attempt: 2 })).toEqual({ ok: true, output: { page: 4 } })
    expect(await run('a', undefined, { attempt: 2, heartbeat: 'from the store' })).toEqual({ ok: true, output: 'from the store' })
  })
})

describe('a process that dies', () => {
  const DEADLY = `
    export const exit = defineTask({ name: 'exit', input: z.any() }, () => process.exit(7))
    export const wait = defineTask({ name: 'wait', input: z.any() }, () => new Promise(() => undefined))
    export const memory = defineTask({ name: 'memory', input: z.any() }, () => { const all = []; for (;;) all.push(new Array(1e6).fill(1)) })
    export const block = defineTask({ name: 'block', input: z.any() }, () => { for (;;); })
    export const float = defineTask({ name: 'float', input: z.any() }, async () => { void Promise.reject(new Error('floating')); return 'fine' })
    export const ok = defineTask({ name: 'ok', input: z.any() }, () => process.pid)`

  test('fails the attempts that ran so that they are tried again, and is replaced', async () => {
    const { run, warnings } = await open({ 'a.task.ts': DEADLY })
    const first = await run('ok')
    const [waiting, exiting] = await Promise.all([run('wait'), run('exit')])
    const error = { code: 'TASK_FAILED', message: 'The process of the tasks ended (code 7) while the attempt ran.', retryable: true }
    expect([waiting, exiting]).toEqual([
      { ok: false, error },
      { ok: false, error },
    ])
    const second = await run('ok')
    expect(second).toEqual({ ok: true, output: expect.any(Number) })
    expect(second).not.toEqual(first)
    expect(warnings).toEqual(['The process of the tasks ended; the attempts that ran are tried again in the next one.'])
  })

  test('of memory says so', async () => {
    const folder = await writeFiles({ 'a.task.ts': IMPORTS + DEADLY })
    const tasks = await openTaskProcess({ folder, memoryMb: 64, onOutput: () => undefined })
    opened.push(tasks)
    const attempt = { instance: 'i', workspace: 'default', workflow: 'w', step: 1, node: 'n', attempt: 1, key: 'k' }
    expect(await tasks.run({ ...attempt, task: 'memory' }, () => never)).toMatchObject({
      error: { message: expect.stringContaining('out of memory'), retryable: true },
    })
  })

  test('because a task blocks it past its time is ended, and the next attempts run', async () => {
    const { run } = await open({ 'a.task.ts': DEADLY })
    expect(await run('block', 1, { timeoutMs: 50 })).toMatchObject({ ok: false, error: { code: 'TIMED_OUT' } })
    expect(await run('ok')).toMatchObject({ ok: false, error: { message: expect.stringContaining('SIGKILL'), retryable: true } })
    expect(await run('ok')).toMatchObject({ ok: true })
  })

  test('is not what a forgotten promise does', async () => {
    const { run, printed } = await open({ 'a.task.ts': DEADLY })
    expect(await run('float')).toEqual({ ok: true, output: 'fine' })
    await vi.waitFor(() => expect(printed.join('')).toContain('Error: floating'))
    expect(await run('ok')).toMatchObject({ ok: true })
  })
})

describe('files', () => {
  test('that cannot be loaded are named, and the others are offered', async () => {
    const { tasks, warnings, run } = await open({
      'good.task.ts': `export const a = defineTask({ name: 'good', input: z.any() }, () => 1)`,
      'syntax.task.ts': `export const a = (`,
      'throws.task.ts': `throw new Error('no database')`,
      'twice.task.ts': `export const b = defineTask({ name: 'good', input: z.any() }, () => 2)`,
      'exits.task.ts': `process.exit(1)`,
    })
    expect(tasks.list().map((info) => info.name)).toEqual(['good'])
    const problems = tasks.problems().map(({ file, message }) => [path.basename(file), message])
    expect(problems).toEqual([
      ['exits.task.ts', 'It ended the process while it was loaded (code 1).'],
      ['syntax.task.ts', expect.stringMatching(/Expression expected|Unexpected/)],
      ['throws.task.ts', 'no database'],
      ['twice.task.ts', 'There are two tasks named good: a name belongs to one task.'],
    ])
    expect(warnings).toHaveLength(4)
    expect(await run('good')).toEqual({ ok: true, output: 1 })
  })

  test('are loaded anew on demand; what runs finishes with the code it began with', async () => {
    const code = (version: number) => `${IMPORTS}import { existsSync } from 'node:fs'
      export const a = defineTask({ name: 'a', input: z.any() }, async (file, { log }) => {
        log('started')
        while (file && !existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5))
        return ${version}
      })`
    const { folder, tasks, run, logs } = await open({ 'x.task.ts': '' })
    await writeFile(path.join(folder, 'a.task.ts'), code(1))
    await tasks.reload()
    const gate = path.join(folder, 'gate')
    const running = run('a', gate)
    await vi.waitFor(() => expect(logs).toHaveLength(1))
    await writeFile(path.join(folder, 'a.task.ts'), code(2))
    await tasks.reload()
    expect(await run('a')).toEqual({ ok: true, output: 2 })
    await writeFile(gate, '')
    expect(await running).toEqual({ ok: true, output: 1 })
    await rm(path.join(folder, 'a.task.ts'))
    await tasks.reload()
    expect(tasks.has('a')).toBe(false)
  })

  test('an empty folder offers nothing', async () => {
    const folder = path.join(await writeFiles({}), 'empty')
    await mkdir(folder)
    const tasks = await openTaskProcess({ folder })
    opened.push(tasks)
    expect(tasks.list()).toEqual([])
  })
})

test('after closing, attempts are refused', async () => {
  const { tasks, run } = await open({ 'a.task.ts': `export const a = defineTask({ name: 'a', input: z.any() }, () => 1)` })
  await tasks.close()
  expect(await run('a')).toMatchObject({ ok: false, error: { code: 'CANCELLED' } })
})
