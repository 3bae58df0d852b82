import { readFileSync } from 'node:fs'
import { checkModel, modelSchema } from '@millrace/model'
import { describe, expect, test } from 'vitest'
import { placeAt } from './place.ts'
import { type HostWords, suggestionsAt } from './suggestions.ts'

function suggest(marked: string, words: HostWords = {}) {
  const text = marked.replace('‸', '')
  const place = placeAt(text, marked.indexOf('‸'))
  return place === undefined ? [] : suggestionsAt(place, { schema: modelSchema, text, words })
}

const labels = (marked: string, words?: HostWords) => suggest(marked, words).map((one) => one.label)

describe('completion of a model', () => {
  test('offers the keys that are not there yet, those that must be there marked', () => {
    const offered = suggest('id: a\n‸')
    expect(offered.map((one) => one.label)).toContain('nodes')
    expect(offered.map((one) => one.label)).not.toContain('id')
    expect(offered.filter((one) => one.isRequired).map((one) => one.label)).toEqual(['nodes'])
    expect(offered.find((one) => one.label === 'payload')?.info).toContain('What an instance works on')
  })

  test('offers the values that the schema names', () => {
    expect(labels('payload: ‸')).toEqual(['path', 'uuid', 'url', 'json', 'none'])
    expect(labels('nodes:\n  - id: a\n    type: ‸')).toContain('participant')
    expect(labels('transient: ‸')).toEqual(['true', 'false'])
  })

  test('offers a node only the keys of its type', () => {
    const process = labels('nodes:\n  - id: a\n    type: process\n    ‸')
    expect(process).toContain('task')
    expect(process).not.toContain('assign')
    const waiting = labels('nodes:\n  - { id: a, type: wait, ‸ }')
    expect(waiting).toContain('until')
    expect(waiting).not.toContain('task')
  })

  test('offers every key while the type is not known', () => {
    const some = labels('nodes:\n  - id: a\n    ‸')
    expect(some).toContain('type')
    expect(some).toContain('assign')
    expect(some).toContain('task')
  })

  test('goes into records within records', () => {
    expect(labels('nodes:\n  - id: a\n    type: process\n    retry:\n      ‸')).toEqual([
      'attempts',
      'initial',
      'factor',
      'max',
      'jitter',
      'nonRetryable',
    ])
    expect(labels('nodes:\n  - id: a\n    type: participant\n    routes:\n      approve:\n        ‸')).toContain('commentRequired')
    expect(labels('nodes:\n  - id: a\n    type: participant\n    timeout: { after: P1D, then: ‸')).toContain('remind')
  })

  test('offers the nodes of the text as targets', () => {
    const text = (key: string) => `nodes:\n  - id: review\n    type: participant\n    ${key}\n  - { id: publish, type: process }\n`
    expect(labels(text('next: ‸'))).toEqual(['review', 'publish', 'end'])
    expect(labels(text('routes: { approve: ‸ }'))).toEqual(['review', 'publish', 'end'])
    expect(labels('nodes:\n  - id: pick\n    type: or-split\n    branches:\n      - ‸')).toEqual(
      expect.arrayContaining(['pick', 'end', 'when', 'to']),
    )
  })

  test('offers what this host has: tasks, workflows, people, and the stages of the text', () => {
    const words = { tasks: ['crm.sync'], workflows: ['translate'], principals: ['group:legal'] }
    expect(labels('nodes:\n  - { id: a, type: process, task: ‸', words)).toEqual(expect.arrayContaining(['crm.sync', 'http.request']))
    expect(labels('nodes:\n  - { id: a, type: container, workflow: ‸', words)).toEqual(['translate'])
    expect(labels('nodes:\n  - { id: a, type: participant, assign: ‸', words)).toEqual(expect.arrayContaining(['initiator', 'group:legal']))
    expect(labels('stages: [Draft, Review]\nnodes:\n  - { id: a, type: process, stage: ‸')).toEqual(['Draft', 'Review'])
  })

  test('offers nothing where the schema has nothing to say', () => {
    expect(labels('title: ‸')).toEqual([])
    expect(labels('nowhere:\n  ‸')).toEqual([])
  })

  test('leads from an empty text to a sound model by what it offers', () => {
    const written = ['id: hello', 'nodes:', '  - id: greet', '    type: process', '    task: log', '    next: end']
    for (const [i, line] of written.entries()) {
      const [, head = '', word = ''] = /^(\s*(?:- )?)([\w.-]+)/.exec(line) ?? []
      const before = written.slice(0, i).join('\n')
      expect(labels(`${before}${i > 0 ? '\n' : ''}${head}‸`)).toContain(word)
    }
    expect(checkModel(written.join('\n')).problems).toEqual([])
  })

  test('offers at every key of the example what stands there', () => {
    const text = readFileSync(new URL('../../../../../../examples/publish-page/publish-page.yaml', import.meta.url), 'utf8')
    const lines = text.split('\n')
    let from = 0
    for (const line of lines) {
      const [, head = '', key] = /^(\s*(?:- )?)([a-z][\w]*):/i.exec(line) ?? []
      // Names that are the author's: data, routes, and what is in a JSON Schema.
      if (key !== undefined && !/^( {2}(reason|status|publishedAt)| {6}(approve|reject)| {10})/.test(line)) {
        const place = placeAt(text, from + head.length + key.length)
        expect(place && suggestionsAt(place, { schema: modelSchema, text }).map((one) => one.label), line).toContain(key)
      }
      from += line.length + 1
    }
  })
})
