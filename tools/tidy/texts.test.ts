import { describe, expect, test } from 'vitest'
import { brokenPaths } from './documents.ts'
import { format } from './finding.ts'
import { machineTraces } from './machine.ts'
import { isOurText, read, repositoryPaths } from './repository.ts'
import { misspelledWords } from './words.ts'

const paths = repositoryPaths()
const texts = paths.filter(isOurText).map((path) => [path, read(path)] as const)

describe('the words of the glossary', () => {
  test('are spelled one way in code and documents', () => {
    expect(texts.flatMap(([path, text]) => misspelledWords(path, text)).map(format)).toEqual([])
  })

  test.each([
    'the instance was canceled',
    'const isCanceled = true',
    'create table workitem',
    'class WorkflowInstance {}',
    'status: "TERMINATED"',
    'a human task',
    'the tenant',
    'POST /web-hook',
    'if (isAdmin)',
  ])('are missing in: %s', (text) => {
    expect(misspelledWords('packages/engine/src/a.ts', text)).toHaveLength(1)
    expect(misspelledWords('COMPAT.md', text)).toEqual([])
  })

  test.each(['the instance is CANCELLING', 'interface WorkItem {}', 'GET /work-items', 'a cancelled fetch', 'tenancy', 'administrator'])(
    'are there in: %s',
    (text) => {
      expect(misspelledWords('packages/engine/src/a.ts', text)).toEqual([])
    },
  )
})

describe('what is committed', () => {
  test('names no folder and no registry of the machine it was written on', () => {
    expect(texts.flatMap(([path, text]) => machineTraces(path, text)).map(format)).toEqual([])
  })

  test.each([`cd /${'work'}/main`, `"/${'root'}/.cache"`, `/${'home'}/ann/x`, `https://registry.${'npmjs'}.org/a`])(
    'is refused with: %s',
    (text) => {
      expect(machineTraces('README.md', text)).toHaveLength(1)
    },
  )

  test.each(['packages/work/flow.ts', '/api/v1/work-items', '$HOME/work/x', 'https://example.org/home'])('is accepted with: %s', (text) => {
    expect(machineTraces('README.md', text)).toEqual([])
  })
})

describe('documents', () => {
  const documents = paths.filter((path) => /^[^/]+\.md$|^docs\/.*\.md$/.test(path))

  test.each(documents)('%s names only paths that exist', (path) => {
    expect(brokenPaths(path, read(path), paths).map(format)).toEqual([])
  })

  test.each([
    ['README.md', 'see `packages/kernel/src/gone.ts`', 'packages/kernel/src/gone.ts'],
    ['README.md', '    ./millrace check packages/gone.yaml', 'packages/gone.yaml'],
    ['README.md', 'the [guide](docs/gone.md#start)', 'docs/gone.md'],
    ['docs/a.md', 'the [guide](../packages/kernel/gone.md)', 'packages/kernel/gone.md'],
    ['README.md', 'every `packages/*/src/gone.ts`', 'packages/*/src/gone.ts'],
  ])('in %s: %s', (document, text, path) => {
    expect(brokenPaths(document, text, ['packages/kernel/src/decide.ts', 'docs/a.md']).map(({ message }) => message)).toEqual([
      `${path} does not exist: name what is there now, or remove the sentence`,
    ])
  })

  test.each([
    'see `packages/kernel/src/decide.ts:12`, `packages/kernel/` and packages/*/src/decide.ts.',
    'GET /packages/x, application/json, [site](https://example.org/packages/x), @millrace/kernel, [below](#packages/x)',
    '`packages/<name>/src`, `packages/NAME` and `packages/$NAME/src` are patterns',
    '[this](a.md) and [that](../packages/kernel/src/decide.ts)',
  ])('find nothing in: %s', (text) => {
    expect(brokenPaths('docs/b.md', text, ['packages/kernel/src/decide.ts', 'docs/a.md'])).toEqual([])
  })
})
