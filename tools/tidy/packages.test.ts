import { expect, test } from 'vitest'
import { cyclesInFiles, cyclesInTable, forbiddenImports } from './arrows.ts'
import { parseCode } from './code.ts'
import { wrongDependencies } from './dependencies.ts'
import { format } from './finding.ts'
import { layers } from './layers.ts'
import { type Manifest, manifests, repositoryCode, rootManifest } from './repository.ts'

const code = repositoryCode()
const packages = manifests()

test('every package has a place in the layer table, and the table names no other', () => {
  expect(Object.keys(layers).toSorted(), 'tools/tidy/layers.ts and the folders under packages').toEqual([...packages.keys()].toSorted())
})

test('the layer table has no cycle: of two packages that need each other, one is a part of the other', () => {
  expect(cyclesInTable()).toEqual([])
  expect(cyclesInTable({ a: { imports: ['b'] }, b: { imports: ['c'] }, c: { imports: [], types: ['a'] } })).toEqual([['a', 'b', 'c', 'a']])
})

test('imports between packages follow the layer table and enter by the exports', () => {
  expect(forbiddenImports(code, packages).map(format)).toEqual([])
})

test.each<[path: string, text: string, message: RegExp | undefined]>([
  ['packages/kernel/src/a.ts', "import { parse } from '@millrace/model'", undefined],
  ['packages/kernel/src/a.ts', "import type { Host } from '@millrace/protocol'", /kernel may not import protocol; it may import model\./],
  ['packages/kernel/src/a.ts', "const engine = await import('@millrace/engine')", /kernel may not import engine/],
  ['packages/kernel/src/a.ts', "type E = import('@millrace/engine').Engine", /kernel may not import engine/],
  ['packages/kernel/src/a.ts', "export { open } from '@millrace/store'", /kernel may not import store/],
  ['packages/model/src/a.ts', "import '@millrace/kernel'", /it may import none of our packages/],
  ['packages/protocol/src/a.ts', "import type { Fact } from '@millrace/kernel'", undefined],
  ['packages/protocol/src/a.ts', "import { type Fact } from '@millrace/kernel'", /protocol may know only the types of kernel/],
  ['packages/engine/src/a.test.ts', "import { open } from '@millrace/store'", undefined],
  ['packages/engine/src/a.ts', "// import { open } from '@millrace/store'\nconst text = \"from '@millrace/store'\"", undefined],
  [
    'packages/engine/src/a.ts',
    "import { decide } from '../../kernel/src/decide.ts'",
    /leaves the package: import the other package by name/,
  ],
  ['packages/engine/src/a.test.ts', "import { decide } from '@millrace/kernel/src/decide.ts'", /is not in the exports of packages\/kernel/],
  ['packages/kernel/src/a.ts', "import { decide } from '@millrace/kernel'", /imports its own package by name/],
  ['packages/novel/src/a.ts', "import { decide } from '@millrace/kernel'", /novel is not in the layer table/],
])('in %s: %s', (path, text, message) => {
  const messages = forbiddenImports([parseCode(path, text)], packages).map((finding) => finding.message)
  expect(messages).toEqual(message === undefined ? [] : [expect.stringMatching(message)])
})

test('no file loads itself, directly or around: put what both need into a third file, or pass it as a value', () => {
  expect(cyclesInFiles(code, packages).map((cycle) => cycle.join(' → '))).toEqual([])
})

test('a cycle of files is found through packages and re-exports, once; types may refer to each other', () => {
  const files = [
    parseCode('packages/model/src/index.ts', "export { a } from './a.ts'"),
    parseCode('packages/model/src/a.ts', "import { b } from './b.ts'; import type { C } from './c.ts'"),
    parseCode('packages/model/src/b.ts', "import { a } from '@millrace/model'"),
    parseCode('packages/model/src/c.ts', "import { a } from './a.ts'"),
  ]
  const model: Manifest = { name: '@millrace/model', version: '0.1.0', exports: { '.': './src/index.ts' } }
  expect(cyclesInFiles(files, new Map([['model', model]]))).toEqual([
    ['packages/model/src/index.ts', 'packages/model/src/a.ts', 'packages/model/src/b.ts', 'packages/model/src/index.ts'],
  ])
})

test('package.json of every package names exactly what its code imports, at an exact version', () => {
  const root = rootManifest()
  expect([...packages].flatMap(([folder, manifest]) => wrongDependencies(folder, manifest, code, root)).map(format)).toEqual([])
})

test('a missing, an unused, a misplaced and a loose dependency are told apart', () => {
  const files = [
    parseCode('packages/model/src/a.ts', "import 'yaml/parse'; import type { X } from '@a/b'; import '@millrace/kernel'; import 'node:fs'"),
    parseCode(
      'packages/model/src/a.test.ts',
      "import { check } from 'fast-check'; import 'vitest'; import 'saxes'; import '@millrace/testing'",
    ),
  ]
  const dependencies = { '@a/b': '1.0.0', '@types/a__b': '1.0.0', '@types/saxes': '1.0.0', saxes: '6.0.0', zod: '^4.0.0' }
  const root = { name: 'root', version: '0.0.0', devDependencies: { vitest: '5.0.0' } }
  const findings = wrongDependencies('model', { name: '@millrace/model', version: '0.1.0', dependencies }, files, root)
  expect(findings.map(({ message }) => message)).toEqual([
    'imports yaml, which is not in "dependencies": add it with its exact version',
    'imports @millrace/kernel, which is not in "dependencies": add it with its exact version',
    'tests import fast-check, which is not in "devDependencies"',
    '"dependencies" has @types/saxes, which nothing imports: remove it',
    '"dependencies" has saxes, which only tests import: move it to "devDependencies"',
    '"dependencies" has zod, which nothing imports: remove it',
    'zod has the version "^4.0.0": write the exact one, so that every machine has the same',
  ])
})
