import { expect, test } from 'vitest'
import { type Change, concernOf, type Held } from './concern.ts'

const ID = '0190d9f2-0000-7000-8000-000000000001'
const list = (noun: string, ids: readonly string[] = [], argument: unknown = {}): Held => ({
  noun,
  kind: 'list',
  argument,
  asOf: 10,
  ids: new Set(ids),
})
const one = (noun: string, argument: string): Held => ({ noun, kind: 'one', argument, ids: new Set([argument]) })
const change = (noun: string, id: string, changed: readonly string[], seq = 11): Change => ({ noun, id, changed: [...changed], seq })

test('an event that the answer already knows concerns nothing', () => {
  expect(concernOf(list('work-item'), change('work-item', `${ID}.1`, ['created'], 10))).toBe('none')
  expect(concernOf(list('work-item'), change('work-item', `${ID}.1`, ['created'], 11))).toBe('spaced')
})

test('an answer without a position is read again, for it may be older than the event', () => {
  expect(concernOf(one('work-item', `${ID}.1`), change('work-item', `${ID}.1`, ['status'], 1))).toBe('soon')
})

test('a comment changes the row that is held and no list', () => {
  expect(concernOf(list('work-item', [`${ID}.1`]), change('work-item', `${ID}.1`, ['comments']))).toBe('row')
  expect(concernOf(list('work-item', [`${ID}.2`]), change('work-item', `${ID}.1`, ['comments']))).toBe('none')
})

test('a taken, moved or new item may enter or leave every view of the inbox: soon where its row is shown, spaced where it is not', () => {
  for (const changed of ['created', 'status', 'assignee', 'candidates', 'priority']) {
    expect(concernOf(list('work-item', [`${ID}.1`]), change('work-item', `${ID}.1`, [changed]))).toBe('soon')
    expect(concernOf(list('work-item'), change('work-item', `${ID}.1`, [changed]))).toBe('spaced')
  }
})

test('an instance that ends is one row of a list of every status, and leaves a list of open ones', () => {
  const ended = change('instance', ID, ['status'])
  expect(concernOf(list('instance', [ID]), ended)).toBe('row')
  expect(concernOf(list('instance', [ID], { status: ['RUNNING'] }), ended)).toBe('soon')
  expect(concernOf(list('instance', [], { status: ['COMPLETED'] }), ended)).toBe('spaced')
})

test('suspending an instance concerns the list that holds one of its items, and the item', () => {
  expect(concernOf(list('work-item', [`${ID}.4`]), change('instance', ID, ['status']))).toBe('soon')
  expect(concernOf(list('work-item'), change('instance', ID, ['status']))).toBe('none')
  expect(concernOf(one('work-item', `${ID}.4`), change('instance', ID, ['status']))).toBe('soon')
})

test('a step of an instance in the list is one row; with a filter on where it stands it is the list', () => {
  expect(concernOf(list('instance', [ID]), change('instance', ID, ['steps']))).toBe('row')
  expect(concernOf(list('instance'), change('instance', ID, ['steps']))).toBe('none')
  expect(concernOf(list('instance', [], { node: 'review' }), change('instance', ID, ['steps']))).toBe('later')
})

test('a new instance changes lists at most twice a second, counts later, and the models’ numbers last', () => {
  const started = change('instance', ID, ['created'])
  expect(concernOf(list('instance'), started)).toBe('spaced')
  expect(concernOf({ ...one('instance', ''), kind: 'counts' }, started)).toBe('later')
  expect(concernOf(list('workflow'), started)).toBe('lazily')
  expect(concernOf(list('user'), started)).toBe('none')
})

test('the page of an instance follows its work items too: who claimed one is part of why it waits', () => {
  expect(concernOf(one('instance', ID), change('work-item', `${ID}.3`, ['assignee']))).toBe('soon')
  expect(concernOf(one('instance', ID), change('work-item', `${ID.replace('1', '2')}.3`, ['assignee']))).toBe('none')
})

test('a version is immutable: nothing concerns it', () => {
  expect(concernOf({ ...one('version', 'publish-page'), kind: 'one' }, change('model', 'publish-page', ['versions']))).toBe('none')
})
