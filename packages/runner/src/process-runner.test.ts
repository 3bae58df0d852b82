/** What a process is for: code that hangs, eats memory or ends its process, and hosts that are killed. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AdvanceAnswer } from '@millrace/protocol'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { JournalHost } from './fixture/journal-host.fixture.ts'
import { BundleShelf, removeFiles, writeFiles } from './fixture/workflow-files.fixture.ts'
import { openProcessRunner, type ProcessRunnerOptions } from './index.ts'

/** What a hostile function can reach: the process itself, through a function that is not of its realm. */
const PROCESS = `const process = run.log.constructor('return process')();`

const BAD = `
  ${PROCESS}
  if (input === 'first') { await run.task('a'); await run.task('b'); return 'done' }
  await run.task('begin')
  switch (input) {
    case 'loop': for (;;);
    case 'microtasks': for (;;) await null
    case 'execSync': process.getBuiltinModule('child_process').execSync('sleep 600'); break
    case 'exit': process.exit(3)
    case 'abort': process.abort()
    case 'kill': process.kill(process.pid, 'SIGKILL'); for (;;);
    case 'array': { const all = []; for (;;) all.push(new Array(100_000).fill(input)) }
    case 'texts': { const all = []; for (;;) all.push(Math.random() + 'x'.repeat(1_000_000) + all.at(-1)?.at(7)) }
    case 'buffers': { const all = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1)) }
  }`

const shelf = new BundleShelf()
const runners: { close(): Promise<void> }[] = []

const open = (options: Partial<ProcessRunnerOptions> = {}) => {
  const warnings: string[] = []
  const runner = openProcessRunner({ loadBundle: shelf.load, onWarning: (message) => void warnings.push(message), ...options })
  runners.push(runner)
  return { runner, warnings }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie is dead, and waits for whoever is its parent now.
    return !existsSync(`/proc/${pid}/stat`) || readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') !== true
  } catch {
    return false
  }
}

afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.close())))
afterAll(removeFiles)

describe('an instance that harms its process', () => {
  test.each([
    ['never yields', 'loop', 'stuck'],
    ['goes on for ever in microtasks', 'microtasks', 'stuck'],
    ['blocks in execSync', 'execSync', 'stuck'],
    ['calls process.exit', 'exit', 'exited'],
    ['kills its process', 'kill', 'killed'],
    ['aborts its process', 'abort', 'killed'],
    ['grows an array without end', 'array', 'memory'],
    ['keeps long texts', 'texts', 'memory'],
    ['fills buffers outside of the heap', 'buffers', 'memory'],
  ])('that %s is answered for it alone; the others go on after a replay', async (_name, input, reason) => {
    const bundle = await shelf.body(BAD)
    // Memory is found in its own time: how soon it fills depends on the machine.
    const { runner, warnings } = open({ memoryMb: 128, stuckAfterMs: reason === 'memory' ? 20_000 : 400 })
    const others = Array.from({ length: 30 }, (_, i) => new JournalHost({ runner, bundle, instance: `good-${i}`, input: 'first' }))
    const bad = new JournalHost({ runner, bundle, instance: 'bad', input })
    await Promise.all([...others, bad].map((host) => host.start()))
    const first = runner.pid()

    const delivery = { kind: 'result', call: 1 } as const
    const [answer, ...made] = await Promise.all([bad.try(delivery), ...others.map((host) => host.result('a'))])
    expect(answer).toEqual({ kind: 'failed', reason })
    expect(made.map((each) => each.calls)).toEqual(others.map(() => [expect.objectContaining({ call: 2, name: 'b' })]))
    expect(warnings).toContainEqual(
      expect.stringMatching(/^The runner's process ended \(.*\) while it ran instance bad; the next one takes over\.$/),
    )

    expect(await Promise.all(others.map(async (host) => (await host.result('b')).outcome))).toEqual(
      others.map(() => ({ kind: 'returned', output: 'done' })),
    )
    expect(runner.pid()).not.toBe(first)
    await vi.waitFor(() => expect(isAlive(first as number)).toBe(false))
    expect(others.every((host) => host.replays > 0)).toBe(true)
  })

  test('is failed again when it is tried again, and leaves no program it started', async () => {
    const bundle = await shelf.body(`
      ${PROCESS}
      const { execFileSync } = process.getBuiltinModule('child_process')
      const background = process.getBuiltinModule('child_process').spawn('sleep', ['600'], { stdio: 'ignore' })
      process.getBuiltinModule('fs').writeFileSync(input, JSON.stringify([process.pid, background.pid]))
      execFileSync('sleep', ['600'])`)
    const { runner } = open({ stuckAfterMs: 300 })
    const file = path.join(await writeFiles({}), 'pid')
    const host = new JournalHost({ runner, bundle, instance: 'bad', input: file })
    for (let tries = 0; tries < 2; tries++) {
      expect(await host.try({ kind: 'start' })).toEqual({ kind: 'failed', reason: 'stuck' })
      const pids = JSON.parse(readFileSync(file, 'utf8')) as number[]
      await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]))
    }
  })

  test('while its module loads is failed too', async () => {
    const { runner } = open({ stuckAfterMs: 300 })
    const bundle = shelf.add({ hash: 'loops', bundle: new TextEncoder().encode('for (;;);') })
    expect(await new JournalHost({ runner, bundle }).try({ kind: 'start' })).toEqual({ kind: 'failed', reason: 'stuck' })
  })
})

describe('a process that is killed from outside', () => {
  test('in the middle of a batch fails at most the instance that ran, and answers every request once', async () => {
    const bundle = await shelf.body(`
      let n = 0
      for (let i = 0; i < 30_000; i++) n += (await i)
      await run.task('a')
      return n`)
    const { runner } = open()
    await new JournalHost({ runner, bundle, instance: 'warm' }).start()
    const hosts = Array.from({ length: 200 }, (_, i) => new JournalHost({ runner, bundle, instance: `i-${i}` }))
    let answered = 0
    let kills = 0
    const answers = await Promise.all(
      hosts.map(async (host): Promise<AdvanceAnswer> => {
        const answer = await host.try({ kind: 'start' })
        // Between two answers of the batch, and again in the next process.
        if (++answered % 60 === 20 && kills < 3) {
          kills++
          process.kill(runner.pid() as number, 'SIGKILL')
        }
        return answer
      }),
    )
    expect(kills).toBe(3)
    const failed = answers.filter((answer) => answer.kind === 'failed')
    expect(failed.length).toBeLessThanOrEqual(kills)
    expect(new Set(failed.map((answer) => answer.reason))).toEqual(failed.length === 0 ? new Set() : new Set(['killed']))
    for (const answer of answers) if (answer.kind === 'calls') expect(answer.calls).toMatchObject([{ call: 1, name: 'a' }])
  })

  test('while nothing runs is replaced, and nobody is blamed', async () => {
    const bundle = await shelf.body(`await run.task('a'); return 1`)
    const { runner } = open()
    const host = new JournalHost({ runner, bundle })
    await host.start()
    process.kill(runner.pid() as number, 'SIGKILL')
    expect((await host.result('a')).outcome).toEqual({ kind: 'returned', output: 1 })
  })
})

test('a long replay is no sign of a stuck instance', async () => {
  const bundle = await shelf.body(`for (let i = 0; i < input; i++) await run.task('t'); return 'end'`)
  const { runner, warnings } = open({ stuckAfterMs: 400 })
  const host = new JournalHost({ runner, bundle, input: 100_000 })
  const made = { kind: 'task', name: 't', task: 't' } as const
  host.record({ kind: 'start' }, [{ call: 1, ...made }])
  for (let call = 1; call < 100_000; call++) host.record({ kind: 'result', call }, [{ call: call + 1, ...made }])
  expect((await host.result(100_000)).outcome).toEqual({ kind: 'returned', output: 'end' })
  expect(warnings).toEqual([])
})

test('a process that cannot work on this machine is an error, not a wait for ever', async () => {
  const bundle = await shelf.body(`return 1`)
  // Less than Node needs to start.
  const { runner } = open({ memoryMb: 1 })
  await expect(new JournalHost({ runner, bundle }).start()).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.stringMatching(/^The runner's process does not work here: it ended 5 times in a row \(.+\)\. It printed/),
  })
})

test('closing ends the process and refuses what is asked afterwards', async () => {
  const bundle = await shelf.body(`await run.task('a')`)
  const { runner } = open()
  const host = new JournalHost({ runner, bundle })
  await host.start()
  const pid = runner.pid() as number
  await runner.close()
  expect(isAlive(pid)).toBe(false)
  await expect(host.result('a')).rejects.toThrow('The runner is closed.')
})

test('no process outlives a host that was killed, not even one that never yields or blocks in another program', async () => {
  const folder = await writeFiles({
    'stuck.workflow.ts': `import { workflow } from '@millrace/workflow'\nexport default workflow({ id: 'stuck' }, async (run, input) => { if (input !== 'answers') for (;;); })`,
    'block.task.ts': `
      import { spawnSync } from 'node:child_process'
      import { defineTask } from '@millrace/workflow'
      import { z } from 'zod'
      export const pid = defineTask({ name: 'pid', input: z.any() }, async () => process.pid)
      export const block = defineTask({ name: 'block', input: z.string() }, async (file) => spawnSync('sh', ['-c', 'echo $$ > ' + file + '; sleep 600; true']))`,
  })
  const fixture = path.join(import.meta.dirname, 'fixture', 'doomed-parent.fixture.ts')
  const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fixture, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string]
  const grandchild = path.join(folder, 'grandchild')
  await vi.waitFor(() => expect(readFileSync(grandchild, 'utf8')).toMatch(/\d\n/), { timeout: 10_000 })
  const pids = [...(JSON.parse(line) as number[]), Number(readFileSync(grandchild, 'utf8'))]
  expect(pids.map(isAlive)).toEqual([true, true, true])

  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false, false]), { timeout: 10_000 })
})
