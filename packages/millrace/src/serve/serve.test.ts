import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLocalProfiles } from '@millrace/client/node'
import { ensureAdministrator } from '@millrace/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openMillrace } from '../open-millrace.ts'
import { exampleStarts } from './example-start.ts'
import { writeLocalProfile } from './local-profile.ts'
import { type Served, serve } from './serve.ts'

let folder: string
let served: Served | undefined
const said: string[] = []
let onSaid = (): void => undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-serve-'))
  vi.stubEnv('MILLRACE_CONFIG', join(folder, '.config'))
  said.length = 0
})
afterEach(async () => {
  await served?.close()
  served = undefined
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const onProgress = (line: string): void => {
  said.push(line)
  onSaid()
}

const open = async (options: { readonly watch?: boolean } = {}): Promise<Served> => {
  served = await serve({ project: folder, port: 0, version: '0.0.0-test', onProgress, ...options })
  return served
}

const model = (title: string): string =>
  `id: greet\ntitle: ${title}\nnodes:\n  - { id: hello, type: process, task: greet.say, with: { to: you }, next: end }\n`

const task = (greeting: string): string => `import { defineTask } from '@millrace/workflow'
import { z } from 'zod'
export const say = defineTask({ name: 'greet.say', input: z.object({ to: z.string() }) }, async ({ to }, context) => {
  context.log(\`${greeting}, \${to}\\u001b[2J\`)
})
`

/** As editors save: whole, under another name, then in the place of the old one. */
const save = async (name: string, text: string): Promise<void> => {
  await writeFile(join(folder, `.${name}.part`), text)
  await rename(join(folder, `.${name}.part`), join(folder, name))
}

/** The line that fits, from now on or said and not yet heard. */
const heard = async (pattern: RegExp): Promise<string> => {
  for (;;) {
    const at = said.findIndex((one) => pattern.test(one))
    if (at >= 0) return said.splice(0, at + 1)[at] ?? ''
    await new Promise<void>((resolve) => {
      onSaid = resolve
    })
  }
}

it('takes over every save of a watched project, also of files that editors replace, and of new folders', async () => {
  await save('greet.yaml', model('One'))
  await open({ watch: true })
  await save('greet.yaml', model('Two'))
  await heard(/greet\.yaml: synced as version 2 of greet/)
  await save('greet.yaml', model('Three'))
  await heard(/greet\.yaml: synced as version 3 of greet/)
  await save('greet.yaml', 'id: greet\nnodes: [')
  expect(await heard(/greet\.yaml: line 2/)).toMatch(/end with a \]/)
  await mkdir(join(folder, 'more'))
  await writeFile(join(folder, 'more', 'other.yaml'), model('Other').replace('id: greet', 'id: other'))
  await heard(/other\.yaml: synced as version 1 of other/)
})

it('loads the tasks of a watched project anew, and says what they log without steering the terminal', async () => {
  await save('greet.yaml', model('One'))
  const { host } = await open({ watch: true })
  const start = () => host.start({ workspace: 'default', workflow: 'greet' }, { user: 'admin', groups: [], isOperator: true })
  await save('say.task.ts', task('Hello'))
  await heard(/Tasks loaded/)
  const { id } = await start()
  expect(await heard(/Hello/)).toBe(`${id.slice(-8)} greet.say: Hello, you [2J`)
  await save('say.task.ts', task('Bonjour'))
  await heard(/Tasks loaded/)
  await start()
  await heard(/Bonjour/)
  await save('say.task.ts', 'export const say = {')
  await heard(/say\.task\.ts offers no tasks/)
})

it.each([
  ['that is no YAML', 'people: [', /millrace\.yaml: .* at line 1, column 10\.$/],
  ['with an alias of nothing', 'name: *x', /millrace\.yaml: Unresolved alias/],
  ['with a key nobody knows', 'peple: {}', /millrace\.yaml: .*peple/],
  ['with a limit that is none', 'limits: { log: 0 }', /millrace\.yaml: limits\.log: /],
])('refuses a millrace.yaml %s, in one sentence', async (_, text, sentence) => {
  await save('millrace.yaml', text)
  await expect(open()).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(sentence) })
})

it('makes nothing where the port is taken: the password of a first start is shown only by a start that succeeds', async () => {
  const first = await open()
  const port = Number(new URL(first.url).port)
  const data = join(folder, 'other')
  await expect(serve({ project: folder, data, port, version: '0.0.0-test' })).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  expect(existsSync(data)).toBe(false)
  const second = await serve({ project: folder, data, port: 0, version: '0.0.0-test' })
  expect(second.administrator).toMatchObject({ user: 'admin', password: expect.stringMatching(/./) })
  await second.close()
})

it('makes no draft of a file that is no model', async () => {
  await save('compose.yaml', 'services: { db: { image: postgres } }\n')
  const { host, synced } = await open()
  expect(synced).toMatchObject([{ file: 'compose.yaml', error: expect.stringContaining('needs id') }])
  expect(await host.store.definitions.drafts('default')).toEqual([])
})

it.runIf(process.platform === 'linux')('leaves no process behind when the data folder is in use', async () => {
  await save('say.task.ts', task('Hello'))
  await open()
  const children = async () => (await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')).trim().split(' ')
  const before = await children()
  await expect(serve({ project: folder, port: 0, version: '0.0.0-test' })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' })
  expect(await children()).toEqual(before)
})

it('signs in whoever runs it, for its eyes only and as long as it runs: one profile for each server', async () => {
  const first = await open()
  const other = await serve({ project: folder, data: join(folder, 'other'), port: 0, version: '0.0.0-test' })
  expect((await stat(first.profile.path)).mode & 0o777).toBe(0o600)
  expect(other.profile.others).toEqual([first.url])
  expect(new Set((await readLocalProfiles()).map(({ url }) => url))).toEqual(new Set([first.url, other.url]))
  await other.close()
  expect(await readLocalProfiles()).toMatchObject([{ url: first.url, pid: process.pid }])
  expect(await first.host.store.people.tokens('admin')).toHaveLength(1)
})

it('takes over the token that a killed server left, so that restarts do not pile them up', async () => {
  const host = await openMillrace()
  const { user = '' } = (await ensureAdministrator(host.store, { nowMs: 1 })) ?? {}
  const options = { url: 'http://127.0.0.1:7400', user }
  await writeLocalProfile(host, { ...options, nowMs: 1 })
  const again = await writeLocalProfile(host, { ...options, nowMs: 2 })
  expect(await host.store.people.tokens(user)).toHaveLength(1)
  await again.remove()
  expect(await host.store.people.tokens(user)).toEqual([])
  expect(await readLocalProfiles()).toEqual([])
  await host.close()
})

it('shows how to start what the project has, as it can be typed', async () => {
  await save('greet.yaml', model('One'))
  await save(
    'pay.workflow.ts',
    `import { workflow } from '@millrace/workflow'
import { z } from 'zod'
const Input = z.object({ order: z.string(), amount: z.number().min(50), currency: z.enum(['EUR', 'USD']), note: z.string().optional() })
export default workflow({ id: 'pay', input: Input }, async (run, input) => input.amount)
`,
  )
  await save('broken.yaml', 'id: broken\nnodes: [')
  const { synced, host } = await open()
  expect(exampleStarts(synced)).toEqual([
    'instance start greet',
    `instance start pay --input '{"order":"text","amount":50,"currency":"EUR"}'`,
  ])
  expect(exampleStarts([])).toEqual(['workflow list'])
  const by = { user: 'admin', groups: [], isOperator: true }
  const input = { order: 'text', amount: 50, currency: 'EUR' }
  expect(await host.start({ workspace: 'default', workflow: 'pay', input }, by)).toMatchObject({ status: 'COMPLETED' })
})
