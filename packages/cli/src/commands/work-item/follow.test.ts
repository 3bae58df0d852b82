import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Served, serve } from 'millrace/serve'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Terminal } from '../../cli.ts'
import { main } from '../../main.ts'

const MODEL = `id: review
title: Review
payload: none
nodes:
  - { id: look, type: participant, assign: "user:admin", routes: { approve: note, reject: end } }
  - { id: note, type: process, task: log, with: { message: seen }, next: end }
`

let folder: string
let served: Served
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
  await writeFile(join(folder, 'review.yaml'), MODEL)
  vi.stubEnv('MILLRACE_CONFIG', join(folder, 'config'))
  served = await serve({ project: folder, port: 0, version: '0.0.0-test' })
})
afterAll(async () => {
  await served.close()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const millrace = async (...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  let out = ''
  let err = ''
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: { MILLRACE_CONFIG: join(folder, 'config') },
    cwd: folder,
    isTerminal: false,
    isInteractive: false,
    readStdin: async () => '',
    nowMs: Date.now,
    signal: new AbortController().signal,
  }
  const code = await main(argv, terminal)
  return { code, out, err }
}

it('follows an instance from the decision on to its end', async () => {
  const started = await millrace('instance', 'start', 'review', '--json')
  const { id } = JSON.parse(started.out) as { readonly id: string }
  const decided = await millrace('work-item', 'approve', id, '--comment', 'Fine', '--follow', '--json')
  const entries = decided.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly node?: string })
  expect(entries[0]).toMatchObject({ type: 'closed', node: 'look', details: { route: 'approve', comment: 'Fine' } })
  expect(entries.at(-1)).toMatchObject({ type: 'ended', details: { status: 'COMPLETED' } })
  expect(decided.code).toBe(0)
})
