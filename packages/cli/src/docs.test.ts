/**
 * The docs run: what a page shows as a file is written into a project and checked, what it shows as commands is typed into a shell, in order, on a server
 * of that project. A page that lies fails here.
 */
import { execFile, spawnSync } from 'node:child_process'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { openCli } from './cli.fixture.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const BIN = fileURLToPath(new URL('./bin.ts', import.meta.url))

/** People of a page that names none. */
const PEOPLE = `people:
  groups:
    editors: { members: [admin] }
    finance: { members: [admin] }
`
const REVIEW = `id: review
payload: path
nodes:
  - { id: look, type: participant, title: "Look at {{ payload.path }}", assign: "group:editors", routes: { approve: end, reject: end } }
`
/** As `millrace init` writes it. */
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: ['node'],
  },
})

interface Block {
  readonly language: string
  readonly text: string
}

/** Fenced blocks of a page, in order. */
const blocksOf = (page: string): readonly Block[] =>
  Array.from(page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), ([, language = '', text = '']) => ({ language, text }))

/** `// app.ts` or `# deploy.yaml` in the first line names the file. */
const filesOf = (blocks: readonly Block[]): { readonly [path: string]: string } =>
  Object.fromEntries(
    blocks.flatMap(({ text }) => {
      const name = /^(?:\/\/|#) ([\w./-]+\.(?:ts|yaml))\n/.exec(text)?.[1]
      return name === undefined ? [] : [[name, text]]
    }),
  )

const commandsOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'))

let cli: Awaited<ReturnType<typeof openCli>>
afterEach(() => cli.close())

interface Shell {
  readonly type: (line: string) => Promise<{ readonly code: number; readonly out: string; readonly err: string }>
}

/** A shell in the project's folder, with a program `millrace`, and what a reader puts in the place of INSTANCE, ITEM and the token. */
const openShell = async (): Promise<Shell> => {
  const bin = join(cli.folder, '.bin')
  await mkdir(bin)
  await writeFile(join(bin, 'millrace'), `#!/bin/sh\nexec ${process.execPath} --disable-warning=ExperimentalWarning ${BIN} "$@"\n`)
  await chmod(join(bin, 'millrace'), 0o755)
  await symlink(join(ROOT, 'node_modules'), join(cli.folder, 'node_modules'))
  let token = ''
  const { served, folder } = cli
  const newest = async () => (await all())[0]
  const all = async () =>
    (
      await served?.host.store.queries.instances(
        { workspace: 'default', reader: { user: 'admin', groups: [], seesAll: true } },
        { limit: 100 },
      )
    )?.items ?? []
  const oldestItem = async () =>
    (
      await served?.host.store.queries.inbox(
        { workspace: 'default', view: 'all', sort: 'created', reader: { user: 'admin', groups: [], seesAll: true } },
        { limit: 1 },
      )
    )?.items[0]?.id
  return {
    type: async (line) => {
      // A reader sees the item before they type its id; code takes a moment to ask.
      if (/\bITEM\b/.test(line)) await expect.poll(oldestItem, { timeout: 30_000 }).toBeDefined()
      const filled = line.replace(/\bINSTANCE\b/g, (await newest())?.id ?? '').replace(/\bITEM\b/g, (await oldestItem()) ?? '')
      const ran = await new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
        const env = {
          ...process.env,
          PATH: `${bin}:${dirname(process.execPath)}:${process.env['PATH']}`,
          MILLRACE_CONFIG: join(folder, '.config'),
          MILLRACE: served?.url ?? '',
          MILLRACE_TOKEN: token,
          MILLRACE_URL: '',
          MILLRACE_PROFILE: '',
          NODE_OPTIONS: '',
        }
        execFile('bash', ['-c', filled], { cwd: folder, env, timeout: 60_000 }, (error, out, err) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err }),
        )
      })
      token = /\bmr_\S+/.exec(ran.out)?.[0] ?? token
      return ran
    },
  }
}

const hasCurl = spawnSync('curl', ['--version']).status === 0
if (!hasCurl) process.stderr.write('\nSKIPPED: the curl lines of docs/api.md are not run, this machine has no curl.\n\n')

describe.each(['models', 'code-workflows', 'tasks', 'locks', 'embedding', 'api'])('docs/%s.md', (name) => {
  test('shows what runs', { timeout: 180_000 }, async () => {
    const page = await readFile(join(ROOT, 'docs', `${name}.md`), 'utf8')
    const blocks = blocksOf(page)
    const files = filesOf(blocks)
    const unnamed = blocks.filter(({ language, text }) => language !== 'sh' && !/^(?:\/\/|#) [\w./-]+\.(?:ts|yaml)\n/.test(text))
    expect(unnamed).toEqual([])
    const isProject = (path: string): boolean => !path.includes('/')
    const project = Object.fromEntries(Object.entries(files).filter(([path]) => isProject(path)))
    cli = await openCli({
      'millrace.yaml': PEOPLE,
      'review.yaml': REVIEW,
      'package.json': '{ "type": "module" }',
      'tsconfig.json': TSCONFIG,
      ...project,
    })
    for (const [path, text] of Object.entries(files)) if (!isProject(path)) await cli.write(path, text)
    expect(cli.served?.synced.filter(({ error }) => error !== undefined)).toEqual([])
    const shell = await openShell()

    const sources = Object.keys(files).filter((path) => path.endsWith('.ts'))
    if (sources.length > 0) {
      const checked = await shell.type(`node ${join(ROOT, 'node_modules/typescript/bin/tsc')} -p tsconfig.json`)
      expect({ out: checked.out, code: checked.code }).toEqual({ out: '', code: 0 })
    }
    for (const line of commandsOf(blocks)) {
      if (line.includes('# not run') || (line.startsWith('curl') && !hasCurl)) continue
      const [, fails] = /# fails: (\w+)/.exec(line) ?? []
      // curl ends with 28 when its time for a stream is over.
      const expected = fails !== undefined ? 1 : line.includes('--max-time') ? 28 : 0
      const { code, out, err } = await shell.type(line.startsWith('curl ') ? line.replace('curl ', 'curl -sS --fail-with-body ') : line)
      expect({ line, code, out, err }).toMatchObject({
        line,
        code: expected,
        ...(fails === undefined ? {} : { err: expect.stringContaining(fails) }),
      })
    }
    for (const program of sources.filter((path) => !/\.(?:task|workflow)\.ts$/.test(path))) {
      const { type } = shell
      if (name === 'api') await type('millrace token create again')
      const ran = await type(program.endsWith('.test.ts') ? `node --test ${program}` : `node ${program}`)
      expect({ program, ...ran }).toMatchObject({ code: 0 })
    }
  })
})
