import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { completeLockfile, type Lockfile } from './complete.ts'

test('our lockfile has every optional dependency, or npm ci refuses it on every machine: run `npm run lockfile`', () => {
  const lockfile: Lockfile = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
  const completed = completeLockfile(lockfile)
  expect(Object.keys(completed.packages).filter((path) => !(path in lockfile.packages))).toEqual([])
})

test('an optional package that npm left out is added for the platform its name says', () => {
  const optionalDependencies = { '@tool/cli-linux-arm64-musl': '2.0.0', '@tool/cli-darwin-x64': '2.0.0' }
  const { packages }: Lockfile = completeLockfile<Lockfile>({
    packages: { '': {}, 'node_modules/tool': { version: '2.0.0', dev: true, optionalDependencies } },
  })
  expect(packages['node_modules/@tool/cli-linux-arm64-musl']).toEqual({
    version: '2.0.0',
    dev: true,
    optional: true,
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['musl'],
  })
  expect(Object.keys(packages)).toEqual([
    '',
    'node_modules/@tool/cli-darwin-x64',
    'node_modules/@tool/cli-linux-arm64-musl',
    'node_modules/tool',
  ])
})

test('a package that is locked beside its owner, or further out, is not added again', () => {
  const lockfile: Lockfile = {
    packages: {
      'node_modules/a': { optionalDependencies: { 'b-linux-x64': '1.0.0', 'c-linux-x64': '1.0.0' } },
      'node_modules/a/node_modules/b-linux-x64': { version: '1.0.0' },
      'node_modules/c-linux-x64': { version: '1.0.0' },
    },
  }
  expect(completeLockfile(lockfile)).toBe(lockfile)
})

test('what cannot be known is refused, not guessed', () => {
  const owner = (optionalDependencies: Readonly<Record<string, string>>) => ({ packages: { 'node_modules/a': { optionalDependencies } } })
  expect(() => completeLockfile(owner({ 'b-linux-x64': '^1.0.0' }))).toThrow('Cannot lock b-linux-x64: its version "^1.0.0" is a range')
  expect(() => completeLockfile(owner({ 'b-fast': '1.0.0' }))).toThrow('Cannot lock b-fast: its name does not say what it runs on')
})
