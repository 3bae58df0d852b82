import { mergeTexts } from '@millrace/model'
import { describe, expect, test } from 'vitest'

const BASE = `# How we review.
id: review
title: Review a page   # shown in lists
payload: path
data:
  # What should change.
  reason: { type: string }

nodes:
  - { id: review, type: participant, assign: "group:editors", next: publish }

  # Only then is it live.
  - id: publish
    type: process
    task: log
    with: { message: "live" }
    next: end
`

const merged = (ours: string, theirs: string, choices: Readonly<Record<string, 'ours' | 'theirs'>> = {}, base = BASE) => {
  const merge = mergeTexts({ base, ours, theirs }, new Map(Object.entries(choices)))
  if (merge === undefined) throw new Error('cannot be merged')
  return merge
}

describe('two people’s changes of one draft', () => {
  test('in different nodes are both taken, and every other line stays as it was typed', () => {
    const ours = BASE.replace('group:editors', 'group:chiefs')
    const theirs = BASE.replace('message: "live"', 'message: "It is live"')
    const { text, conflicts } = merged(ours, theirs)
    expect(conflicts).toEqual([])
    expect(text).toBe(ours.replace('message: "live"', 'message: "It is live"'))
  })

  test('in different keys of one node are both taken', () => {
    const ours = BASE.replace('group:editors"', 'group:chiefs", due: P1D')
    const theirs = BASE.replace('next: publish }', 'next: end }').replace('{ id: review,', '{ id: review, title: Look at it,')
    const { text, conflicts } = merged(ours, theirs)
    expect(conflicts).toEqual([])
    expect(text).toContain(
      '  - { id: review, type: participant, assign: "group:chiefs", due: P1D, next: end, title: Look at it }\n\n  # Only then',
    )
  })

  test('of the same key are a conflict, ours until somebody chooses', () => {
    const ours = BASE.replace('group:editors', 'group:chiefs')
    const theirs = BASE.replace('group:editors', 'user:ana').replace('task: log', 'task: mail.send')
    const { text, conflicts } = merged(ours, theirs)
    expect(conflicts).toEqual([
      {
        key: 'node review assign',
        what: { kind: 'node-field', node: 'review', field: 'assign' },
        base: 'group:editors',
        ours: 'group:chiefs',
        theirs: 'user:ana',
      },
    ])
    expect(text).toBe(ours.replace('task: log', 'task: mail.send'))
    expect(merged(ours, theirs, { 'node review assign': 'theirs' }).text).toBe(theirs)
  })

  test('that add nodes and data put each where its author put it, in our indentation', () => {
    const ours = BASE.replace('\nnodes:', '  amount: { type: number }\n\nnodes:')
    const theirs = BASE.replace('{ type: string }', '{ type: string }\n  by: { type: string }')
      .replaceAll('\n    ', '\n  ')
      .replaceAll('\n  - ', '\n- ')
      .replace('  # Only', '# Only')
      .replace('next: end\n', 'next: tell\n# Tell them.\n- id: tell\n  type: process\n  task: log\n  next: end\n')
    const { text, conflicts } = merged(ours, theirs)
    expect(conflicts).toEqual([])
    expect(text).toBe(
      ours
        .replace('  amount:', '  by: { type: string }\n  amount:')
        .replace('next: end\n', 'next: tell\n  # Tell them.\n  - id: tell\n    type: process\n    task: log\n    next: end\n'),
    )
  })

  test('that take a node away and change it are a conflict about the node', () => {
    const ours = BASE.replace(/ {2}- \{ id: review.*\n\n/, '')
    const theirs = BASE.replace('group:editors', 'user:ana')
    const { conflicts, text } = merged(ours, theirs)
    expect(conflicts.map(({ key }) => key)).toEqual(['node review'])
    expect(text).toBe(ours)
    expect(merged(ours, theirs, { 'node review': 'theirs' }).text).toContain(
      '- { id: review, type: participant, assign: "user:ana", next: publish }',
    )
  })

  test('keep the comments of both', () => {
    const ours = BASE.replace('# Only then is it live.', '# Only then is it live, says Bo.')
    const theirs = BASE.replace('# How we review.', '# How we review, since May.').replace('task: log', 'task: mail.send')
    const { text } = merged(ours, theirs)
    expect(text).toContain('says Bo')
    expect(text).toContain('since May')
    expect(text).toContain('mail.send')
  })

  test('that both lead the start elsewhere are a conflict', () => {
    const node = (id: string) => `  - { id: ${id}, type: process, task: log, next: review }\n`
    const { conflicts, text } = merged(BASE.replace('nodes:\n', `nodes:\n${node('a')}`), BASE.replace('nodes:\n', `nodes:\n${node('b')}`))
    expect(conflicts.map(({ key, ours, theirs }) => [key, ours, theirs])).toEqual([['first', 'a', 'b']])
    expect(text.indexOf('id: a')).toBeLessThan(text.indexOf('id: b'))
  })

  test('of a JSON draft are merged with its indent', () => {
    const json = (title: string, task: string) =>
      `${JSON.stringify({ id: 'a', title, nodes: [{ id: 'one', type: 'process', task, next: 'end' }] }, undefined, 4)}\n`
    expect(merged(json('B', 'log'), json('A', 'noop'), {}, json('A', 'log')).text).toBe(json('B', 'noop'))
  })

  test('cannot be told apart where a text is no YAML or nodes share an id', () => {
    expect(mergeTexts({ base: BASE, ours: `${BASE}  - {`, theirs: BASE.replace('log', 'noop') })).toBeUndefined()
    expect(mergeTexts({ base: BASE, ours: BASE.replace('id: publish', 'id: review'), theirs: `${BASE}# x\n` })).toBeUndefined()
  })
})
