import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERRORS } from './error.ts'

test('docs/errors.md lists every code of the catalogue, with its status and its words, and no other', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../docs/errors.md'), 'utf8')
  const documented = [...text.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (yes)? ?\| (.+) \|$/gm)].map(([, code, status, again, about]) => [
    code,
    Number(status),
    again === 'yes',
    about,
  ])
  expect(documented).toEqual(Object.entries(ERRORS).map(([code, kind]) => [code, kind.status, 'retryable' in kind, kind.about]))
})
