import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { localProfilePath } from '@millrace/client/node'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { profilesPath } from './config-paths.ts'
import { addressOf, findServer } from './find-server.ts'
import { deleteProfile, saveProfile } from './profiles.ts'

let env: { [name: string]: string }
beforeEach(async () => {
  env = { MILLRACE_CONFIG: join(await mkdtemp(join(tmpdir(), 'millrace-cli-')), 'deep', 'config') }
})
afterEach(() => rm(join(env['MILLRACE_CONFIG'] ?? '', '../..'), { recursive: true }))

const work = { url: 'https://work.example', token: 'mr_work', user: 'ana' }
const saveLocal = async (url = 'http://127.0.0.1:7400', profile: object = {}) => {
  const path = localProfilePath(url, env)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify({ url, token: 'mr_local', pid: process.pid, startedAtMs: 1, ...profile }))
}

test('a profile is for its owner’s eyes only', async () => {
  await saveProfile(env, 'work', work)
  expect((await stat(profilesPath(env))).mode & 0o777).toBe(0o600)
  expect((await stat(join(profilesPath(env), '..'))).mode & 0o777).toBe(0o700)
})

test('the profile signed in to last is used, then the server of this machine', async () => {
  await expect(findServer({ env }, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await saveProfile(env, 'work', work)
  await saveLocal()
  expect(await findServer({ env }, {})).toMatchObject({ token: 'mr_work', profile: 'work' })
  await deleteProfile(env, 'work')
  expect(await findServer({ env }, {})).toMatchObject({ url: 'http://127.0.0.1:7400', token: 'mr_local', profile: 'local' })
})

test('flags come before the environment, and a profile is found by its address', async () => {
  await saveProfile(env, 'work', work)
  await saveLocal()
  expect(await findServer({ env }, { profile: 'local' })).toMatchObject({ token: 'mr_local' })
  expect(await findServer({ env: { ...env, MILLRACE_PROFILE: 'local' } }, {})).toMatchObject({ token: 'mr_local' })
  expect(await findServer({ env }, { url: '127.0.0.1:7400' })).toEqual({
    url: 'http://127.0.0.1:7400',
    token: 'mr_local',
    profile: 'local',
  })
  expect(await findServer({ env }, { url: 'https://other.example/x' })).toEqual({ url: 'https://other.example' })
  expect(await findServer({ env: { ...env, MILLRACE_URL: 'https://work.example', MILLRACE_TOKEN: 'mr_env' } }, {})).toMatchObject({
    token: 'mr_env',
  })
  await expect(findServer({ env }, { profile: 'gone' })).rejects.toThrow('There is 127.0.0.1:7400, local, work.')
})

test('an address is an origin over http or https', () => {
  expect(['localhost:7400', 'https://a.example/b?c'].map(addressOf)).toEqual(['http://localhost:7400', 'https://a.example'])
  for (const wrong of ['ftp://a', 'http://', ':::']) expect(() => addressOf(wrong)).toThrow(expect.objectContaining({ code: 'USAGE' }))
})

test('a token never goes to another address than the one it was made for', async () => {
  await saveProfile(env, 'work', work)
  expect(await findServer({ env }, { url: 'https://work.example.evil.example' })).toEqual({ url: 'https://work.example.evil.example' })
})

test('of several servers on this machine the last one that runs is used; the others have their address for a name', async () => {
  await saveLocal('http://127.0.0.1:7400', { token: 'mr_first', startedAtMs: 1_000 })
  await saveLocal('http://127.0.0.1:7401', { token: 'mr_second', startedAtMs: 2_000 })
  await saveLocal('http://127.0.0.1:7402', { token: 'mr_killed', startedAtMs: 3_000, pid: 2 ** 30 })
  expect(await findServer({ env }, {})).toEqual({ url: 'http://127.0.0.1:7401', token: 'mr_second', profile: 'local' })
  expect(await findServer({ env }, { url: 'http://127.0.0.1:7400' })).toMatchObject({ token: 'mr_first' })
  expect(await findServer({ env: { ...env, MILLRACE_URL: 'http://127.0.0.1:7402' } }, {})).toMatchObject({ token: 'mr_killed' })
  expect(await findServer({ env }, { profile: '127.0.0.1:7400' })).toMatchObject({ token: 'mr_first' })
  await rm(localProfilePath('http://127.0.0.1:7400', env))
  await rm(localProfilePath('http://127.0.0.1:7401', env))
  // Nothing runs: its address is better than none, for the sentence that says so.
  expect(await findServer({ env }, {})).toMatchObject({ url: 'http://127.0.0.1:7402' })
})
