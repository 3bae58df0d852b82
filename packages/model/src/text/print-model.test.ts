import { readFileSync } from 'node:fs'
import { type Model, parseModel, printModel } from '@millrace/model'
import { soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('a printed model is read back as the same model, and prints the same again', () => {
  const property = fc.property(soundModel(), (model) => {
    const text = printModel(model)
    const { model: read, problems } = parseModel(text)
    expect(problems).toEqual([])
    expect(read).toEqual(model)
    expect(printModel(read ?? model)).toBe(text)
  })
  fc.assert(property, { numRuns: 80 })
})

test('it prints as people write', () => {
  const text = readFileSync(new URL('../../../../examples/publish-page/publish-page.yaml', import.meta.url), 'utf8')
  const { model } = parseModel(text)
  expect(model === undefined ? '' : printModel(model)).toMatchInlineSnapshot(`
    "id: publish-page
    title: Publish a page
    description: Editors review a page before it goes live.
    payload: path
    data:
      reason: { type: string, title: What should change }
      status: { type: string, enum: [ published ] }
      publishedAt: { type: string, format: date-time }
    nodes:
      - id: review
        type: participant
        title: Review {{ payload.path }}
        assign: group:editors
        due: P1D
        timeout: { after: P2D, every: P1D, then: remind }
        routes:
          approve: { to: publish, label: Publish, style: primary }
          reject:
            to: rework
            label: Send back
            style: danger
            form:
              type: object
              properties: { reason: { type: string, title: What should change, minLength: 1 } }
              required: [ reason ]
      - id: rework
        type: participant
        title: Rework {{ payload.path }}
        assign: initiator
        itemDescription: 'The editors say: {{ has(data.reason) ? data.reason : "no reason given" }}'
        next: review
      - id: publish
        type: process
        title: Publish the page
        task: data.set
        with: { status: published, publishedAt: '{{ now }}' }
        next: announce
      - id: announce
        type: process
        title: Announce it
        task: log
        with: { message: 'Published {{ payload.path }} for {{ initiator }}' }
        next: end
    "
  `)
})

test('a start or end that is more than plain is printed', () => {
  const model: Model = {
    id: 'x',
    title: 'X',
    language: 1,
    payload: 'none',
    data: {},
    nodes: [
      { id: 'start', type: 'start', title: 'Submitted' },
      { id: 'a', type: 'process', title: 'A', task: 'log', autoAdvance: true },
      { id: 'done', type: 'end', title: 'Done', metadata: { k: ['1', ''] } },
    ],
    transitions: [
      { from: 'start', to: 'a' },
      { from: 'a', to: 'done' },
    ],
  }
  expect(printModel(model)).toMatchInlineSnapshot(`
    "id: x
    nodes:
      - { id: start, type: start, title: Submitted, next: a }
      - { id: a, type: process, task: log, next: done }
      - { id: done, type: end, metadata: { k: [ '1', '' ] } }
    "
  `)
  expect(parseModel(printModel(model)).model).toEqual(model)
})
