/** The rule as authors meet it: through the linter this repository uses. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'millrace-lint-'))
  const plugin = fileURLToPath(new URL('./plugin.ts', import.meta.url))
  await writeFile(
    path.join(folder, 'oxlint.json'),
    JSON.stringify({ categories: { correctness: 'off' }, jsPlugins: [plugin], rules: { 'millrace/deterministic': 'error' } }),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const oxlint = path.join(path.dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin', 'oxlint')

interface Report {
  readonly diagnostics: readonly {
    readonly message: string
    readonly code: string
    readonly filename: string
    readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[]
  }[]
}

/** What the rule says of each text, as `line:column message`; one run of the linter for all. */
const lint = async (texts: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const files = texts.map((_, i) => path.join(folder, `t${i}.workflow.ts`))
  await Promise.all(files.map((file, i) => writeFile(file, texts[i] ?? '')))
  const args = [oxlint, '-c', path.join(folder, 'oxlint.json'), '--format', 'json', ...files]
  const output = await new Promise<string>((resolve) => execFile(process.execPath, args, { cwd: folder }, (_, stdout) => resolve(stdout)))
  const { diagnostics } = JSON.parse(output) as Report
  await Promise.all(files.map((file) => rm(file)))
  return files.map((file) =>
    diagnostics
      .filter((each) => path.resolve(folder, each.filename) === file)
      .map(({ message, labels: [label] }) => `${label?.span.line}:${label?.span.column} ${message}`)
      .sort(),
  )
}

const inside = (code: string): string => `export default workflow({ id: 'a' }, async (run, input) => {\n${code}\n})`

describe('a workflow file', () => {
  test('may not look at the clock, draw by chance, set timers, use the network, or Node', async () => {
    const cases: readonly (readonly [string, string])[] = [
      [
        'return Date.now()',
        '2:8 Date.now is not for workflows. Say run.now(): the time of the result being handled, the same at every replay.',
      ],
      ['return new Date()', '2:12 new Date() is not for workflows. Say run.now()'],
      ['return Date()', '2:8 Date() is not for workflows.'],
      ['return performance.now()', '2:8 performance.now is not for workflows.'],
      ['return Math.random()', '2:8 Math.random is not for workflows. Say run.random(): the same at every replay.'],
      ['return crypto.randomUUID()', '2:8 crypto.randomUUID is not for workflows. Say run.uuid(): the same at every replay.'],
      [
        'setTimeout(() => 1, 5)',
        "2:1 setTimeout is not available in a workflow: its timer would be lost when the server restarts. Use await run.sleep('5m').",
      ],
      [
        'await fetch("https://example.com")',
        '2:7 fetch is not available in a workflow: a replay would send it again. Do it in a task (a file called *.task.ts) and await run.task(…).',
      ],
      ['new WebSocket("ws://example.com")', '2:5 WebSocket is not available in a workflow: '],
      ['return process.env.HOME', '2:8 process is not available in a workflow: what it says may be different at the next replay.'],
      ['return (process as unknown)', '2:9 process is not available in a workflow: '],
      ['return Buffer.from("x")', '2:8 Buffer is not available in a workflow: '],
      ['return new WeakRef({})', '2:12 WeakRef is not available in a workflow: '],
      ['return import.meta.url', '2:8 import.meta is not available in a workflow'],
      ['return import("node:fs")', '2:15 node:fs is not available in a workflow: '],
    ]
    const found = await lint(cases.map(([code]) => inside(code)))
    expect(found.map((each) => each.length)).toEqual(cases.map(() => 1))
    for (const [i, [, message]] of cases.entries()) expect(found[i]?.[0]).toContain(message)
  })

  test('may not import what reaches outside, in any form of import', async () => {
    const found = await lint([
      `import fs from 'node:fs'`,
      `import { exec } from 'child_process'`,
      `export { readFile } from 'node:fs/promises'`,
      `export * from 'https'`,
      `const os = require('os')`,
    ])
    expect(found).toEqual([
      [
        '1:16 node:fs is not available in a workflow: it reaches outside of the workflow, which a replay would do again. Do it in a task (a file called *.task.ts).',
      ],
      [expect.stringContaining('1:22 node:child_process is not available in a workflow: ')],
      [expect.stringContaining('1:26 node:fs/promises is not available')],
      [expect.stringContaining('1:15 node:https is not available')],
      ['1:12 require is not available in a workflow: a bundle is made of imports. Write import.'],
    ])
  })

  test('may not keep anything in variables of the module', async () => {
    expect(await lint([`let count = 0\nexport var last = 1\nconst fine = 3\n${inside('let mine = 0; return mine + count')}`])).toEqual([
      [
        expect.stringMatching(/^1:1 A variable of the module is shared by all instances/),
        expect.stringMatching(/^2:8 A variable of the module/),
      ],
    ])
  })

  test('may use everything that follows from its arguments', async () => {
    const found = await lint([
      inside(`const at = new Date(run.now()); const parsed = [Date.parse('2026-01-01'), Date.UTC(2026, 0), at instanceof Date]
        const when: Date = at; type Controller = AbortController; const kept: Map<string, Request> = new Map()
        const { fetch, process } = input; await run.sleep('5m'); run.log(Math.max(1, 2), run.uuid())
        return [fetch(), process.env, when, kept, parsed, input.setTimeout(1), { Buffer: 1 }]`),
      `import path from 'node:path'\nimport { createHash } from 'crypto'\nimport type { Server } from 'node:http'\nimport { z } from 'zod'\nimport { url } from './url.ts'\nimport fs2 from 'fs-extra'`,
      `const setTimeout = (ms: number) => ms\n${inside('return setTimeout(5)')}`,
    ])
    expect(found).toEqual([[], [], []])
  })
})
