/** What Tab gives: the words the program proposes, and the scripts that shells load, each in its own shell where that is installed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCli } from '../cli.fixture.ts'
import { newProject } from '../new-project.ts'

let cli: Awaited<ReturnType<typeof openCli>>
beforeAll(async () => {
  cli = await openCli(newProject('test'))
}, 60_000)
afterAll(() => cli.close())

const tab = async (...words: readonly string[]) => (await cli.millrace('__complete', ...words)).out
const values = async (...words: readonly string[]) =>
  (await tab(...words))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0])

describe('the program proposes', () => {
  test('nouns, verbs and flags, each with what it does; flags to those who begin one', async () => {
    expect(await tab('inst')).toBe('instance\tPieces of work: start, watch and steer them\n')
    expect(await values('instance', 're')).toEqual(['resume', 'restart', 'retry'])
    expect(await values('instance', 'list', '--st')).toEqual(['--status'])
    expect(await values('instance', 'list', '')).toContain('--workflow')
    expect(await values('instance', 'show', '')).not.toContain('--json')
    expect(await values('execution', 'sh')).toEqual(['show'])
  })

  test('what there is: workflows, instances, items with their routes, people, groups, statuses', async () => {
    const { id } = await cli.json<{ readonly id: string }>('instance', 'start', 'review', '--payload', '/a')
    const short = id.slice(-8)
    expect(await tab('instance', 'start', 'rev')).toBe('review\tReview a page\n')
    expect(await tab('instance', 'show', '')).toBe(`${short}\tReview a page: /a, review, running\n`)
    expect(await values('instance', 'show', id.slice(0, 6))).toEqual([id])
    expect(await values('work-item', 'approve', '')).toEqual([`${short}.1`])
    expect(await values('work-item', 'complete', `${short}.1`, 'a')).toEqual(['approve'])
    expect(await values('--as', 'admin', 'work-item', 'complete', `${short}.1`, 'r')).toEqual(['reject'])
    expect(await values('group', 'add', 'editors', 'ad')).toEqual(['admin'])
    expect(await values('work-item', 'delegate', `${short}.1`, 'group:f')).toEqual(['group:finance'])
    expect(await values('instance', 'list', '--as', 'adm')).toEqual(['admin'])
    expect(await values('instance', 'list', '--as=adm')).toEqual(['--as=admin'])
    expect(await values('instance', 'list', '--status', 'running,q')).toEqual(['running,queued'])
  })

  test('nothing where a file may stand, and nothing without a server', async () => {
    expect(await tab('check', '')).toBe('')
    expect(await cli.millrace('__complete', 'instance', 'show', '--url', 'http://127.0.0.1:1', '')).toEqual({ code: 0, out: '', err: '' })
  })
})

/** Shells that not every machine has. */
const [FISH, ZSH] = ['fish', 'zsh'] as const

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0

/** A program `millrace` that proposes the words it was asked with, so that what a script asks can be seen. */
const withEcho = async (): Promise<string> => {
  const folder = join(cli.folder, 'bin')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'millrace'), '#!/bin/sh\nshift\nfor last; do :; done\nprintf "%s\\tabout\\n" "$last-done" "$#-words"\n')
  await chmod(join(folder, 'millrace'), 0o755)
  return folder
}

const script = async (shell: string): Promise<string> => {
  const path = join(cli.folder, `completion.${shell}`)
  await writeFile(path, (await cli.millrace('completion', shell)).out)
  return path
}

test.runIf(has('bash'))('bash joins the words it cuts at a colon or an equals sign', async () => {
  const path = `${await withEcho()}:${process.env['PATH']}`
  const file = await script('bash')
  const ask = (...words: readonly string[]) =>
    execFileSync(
      'bash',
      [
        '--norc',
        '-c',
        `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _millrace; printf '%s\\n' "\${COMPREPLY[@]}"`,
        file,
        ...words,
      ],
      { encoding: 'utf8', env: { ...process.env, PATH: path } },
    ).trimEnd()
  expect(ask('millrace', 'inst')).toBe('inst-done\n1-words')
  expect(ask('millrace', 'instance', '')).toBe('-done\n2-words')
  expect(ask('millrace', 'work-item', 'delegate', 'x', 'group', ':', 'fi')).toMatch(/^fi-done\n/)
  expect(ask('millrace', 'work-item', 'delegate', 'x', 'group', ':')).toMatch(/^-done\n/)
  expect(ask('millrace', 'instance', 'list', '--as', '=', 'an')).toMatch(/^an-done\n/)
})

test.runIf(has(FISH))('fish asks with the words as they stand', async () => {
  const path = `${await withEcho()}:${process.env['PATH']}`
  const file = await script('fish')
  const ask = (line: string) =>
    execFileSync(FISH, ['--no-config', '-c', `source ${file}; complete -C ${JSON.stringify(line)}`], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    })
  expect(ask('millrace instance ')).toContain('2-words\tabout')
  expect(ask('millrace inst')).toContain('inst-done\tabout')
})

test.runIf(has(ZSH))('zsh loads its script without a word', async () => {
  const file = await script('zsh')
  const loaded = spawnSync(ZSH, ['-f', '-c', `autoload -U compinit; compinit -u -D; source ${file}; print $_comps[millrace]`], {
    encoding: 'utf8',
  })
  expect(loaded).toMatchObject({ stdout: '_millrace\n', stderr: '' })
})
