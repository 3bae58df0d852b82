import { expect, test } from 'vitest'
import { fingerprint, newerOf, placeKey } from './draft.ts'

test('of two drafts the newer one counts, wherever it was kept', () => {
  const draft = (savedAtMs: number) => ({ value: savedAtMs, schema: '', savedAtMs })
  expect(newerOf(draft(1), draft(2))?.value).toBe(2)
  expect(newerOf(draft(2), draft(1))?.value).toBe(2)
  expect(newerOf(undefined, draft(1))?.value).toBe(1)
})

test('another person on the same browser has another place, whatever the names contain', () => {
  const place = (person: string, id: string) => placeKey({ workspace: 'default', person, noun: 'work-item', id })
  expect(place('ana', 'b c')).not.toBe(place('ana b', 'c'))
})

test('a form has the same fingerprint while it is the same', () => {
  const form = { type: 'object', properties: { a: { type: 'string' } } }
  expect(fingerprint(form)).toBe(fingerprint(structuredClone(form)))
  expect(fingerprint(form)).not.toBe(fingerprint({ ...form, required: ['a'] }))
})
