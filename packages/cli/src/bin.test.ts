/** The program as it is started: what it loads, its exit codes and its pipes. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('./bin.ts', import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-bin-'))
  // Tells every file that is loaded, so that "starts fast" is a list and not a stopwatch on a busy machine.
  const hook = `
    import { registerHooks } from 'node:module'
    import { writeFileSync } from 'node:fs'
    const seen = []
    registerHooks({ load: (url, context, next) => { if (url.startsWith('file:')) seen.push(url); return next(url, context) } })
    process.on('exit', () => writeFileSync(${JSON.stringify(join(folder, 'loaded'))}, seen.join('\\n')))`
  await writeFile(join(folder, 'hook.mjs'), hook)
})
afterAll(() => rm(folder, { recursive: true }))

const run = (argv: readonly string[], options: { readonly node?: readonly string[]; readonly closeStdout?: boolean } = {}) =>
  new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...(options.node ?? []), BIN, ...argv], {
      cwd: folder,
      env: { PATH: process.env['PATH'], MILLRACE_CONFIG: join(folder, 'config') },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    if (options.closeStdout === true) child.stdout.destroy()
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })

const loadedBy = async (...argv: readonly string[]): Promise<readonly string[]> => {
  const { readFile } = await import('node:fs/promises')
  await run(argv, { node: ['--import', join(folder, 'hook.mjs')] })
  return (await readFile(join(folder, 'loaded'), 'utf8')).split('\n').filter((url) => !url.endsWith('hook.mjs'))
}

test('--version is answered before anything is imported', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  expect((await loadedBy('--version')).map((url) => url.replace(/.*\//, ''))).toEqual(['bin.ts'])
})

test('a command for a server loads itself and the client, no schemas and no parser', async () => {
  const loaded = await loadedBy('inbox', '--url', 'http://127.0.0.1:1')
  expect(loaded.filter((url) => url.includes('/commands/')).map((url) => url.replace(/.*\/commands\//, ''))).toEqual(['inbox.ts'])
  expect(loaded.filter((url) => /\/node_modules\/(?!@stricli)/.test(url))).toEqual([])
  expect(loaded.filter((url) => /\/packages\/(?!cli|client|protocol)/.test(url))).toEqual([])
  expect(loaded.length).toBeLessThan(80)
})

test('usage, refusal and an unreachable server have their own exit codes', async () => {
  const codes = await Promise.all([
    run(['--help']),
    run(['nonsense']),
    run(['check', 'missing.yaml']),
    run(['inbox']),
    run(['inbox', '--url', 'http://127.0.0.1:1']),
  ])
  expect(codes.map(({ code }) => code)).toEqual([0, 2, 1, 3, 4])
  expect(codes[0]?.out).toContain('millrace instance start|list|show')
  expect(codes[1]?.err).toMatch(/^USAGE: [^\n]*\n$/)
})

test('a reader that closes the pipe early is no error', async () => {
  expect(await run(['--help'], { closeStdout: true })).toMatchObject({ err: '' })
})
