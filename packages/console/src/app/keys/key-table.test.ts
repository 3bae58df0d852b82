import { expect, test } from 'vitest'
import { KEY_TABLE, type KeyEntry, matchPress, nameOfPress } from './key-table.ts'

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) =>
  nameOfPress({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers })

test('a press is named the same with Caps Lock, and a shifted letter says so', () => {
  expect(press('j')).toBe('j')
  expect(press('J')).toBe('j')
  expect(press('X', { shiftKey: true })).toBe('Shift+X')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('k', { metaKey: true })).toBe('mod+k')
  expect(press('K', { ctrlKey: true })).toBe('mod+k')
  expect(press('j', { altKey: true })).toBeUndefined()
})

test('two keys one after the other are one action, and not the second alone', () => {
  expect(matchPress('g', undefined).isFirst).toBe(true)
  expect(matchPress('i', 'g').matched).toEqual([{ action: 'goInbox', key: 'g i' }])
  expect(matchPress('i', undefined).matched).toEqual([{ action: 'openInstance', key: 'i' }])
})

test('a number is a route, and says which', () => {
  expect(matchPress('3', undefined).matched).toEqual([{ action: 'route', key: '3' }])
})

test('no two actions of the whole console share a key within a group or with everywhere', () => {
  const taken = new Map<string, string>()
  const clashes: string[] = []
  for (const [action, { keys, group }] of Object.entries(KEY_TABLE) as [string, KeyEntry][]) {
    for (const key of keys) {
      for (const place of group === 'everywhere' ? ['everywhere', 'list', 'item', 'page'] : [group]) {
        const before = taken.get(`${place} ${key}`)
        if (before !== undefined) clashes.push(`${key}: ${before} and ${action}`)
        taken.set(`${place} ${key}`, action)
      }
    }
  }
  expect(clashes).toEqual([])
})

test('what acts inside inputs has a modifier or is Escape', () => {
  const always = (Object.values(KEY_TABLE) as KeyEntry[]).filter(({ isAlways }) => isAlways === true).flatMap(({ keys }) => keys)
  expect(always.filter((key) => !key.startsWith('mod+') && key !== 'Escape')).toEqual([])
})
