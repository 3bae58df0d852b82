import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
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
