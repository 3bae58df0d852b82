import { MillraceError } from '@millrace/client'
import { expect, test } from 'vitest'
import { fetched, isNotFetched, mayReload } from './not-fetched.ts'

test('an import that failed has the code of a server that does not answer, and its cause', async () => {
  const cause = new TypeError('Failed to fetch dynamically imported module: http://localhost/assets/x.js')
  const error: unknown = await fetched(() => Promise.reject(cause))().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'UNREACHABLE', cause })
  expect(isNotFetched(error)).toBe(true)
  await expect(fetched(() => Promise.resolve(1))()).resolves.toBe(1)
})

test('a part within a page is known by what the browser says of it; a defect of ours is not one', () => {
  expect(isNotFetched(new Error('Unable to preload CSS for /assets/Field.css'))).toBe(true)
  expect(isNotFetched(new TypeError('error loading dynamically imported module: /assets/x.js'))).toBe(true)
  expect(isNotFetched(new TypeError('undefined is not a function'))).toBe(false)
  expect(isNotFetched(new MillraceError('FORBIDDEN', 'No.'))).toBe(false)
})

test('a page is loaded afresh at most once in half a minute', () => {
  const kept = new Map<string, string>()
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
  expect([100_000, 101_000, 129_999, 130_000].map((ms) => mayReload(ms, storage))).toEqual([true, false, false, true])
})
