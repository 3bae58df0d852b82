import { diffModels, type Model, parseModel } from '@millrace/model'
import { soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

function model(text: string): Model {
  const { model: read, problems } = parseModel(text)
  if (read === undefined) throw new Error(JSON.stringify(problems))
  return read
}

const before = model(`id: t
title: Test
data: { amount: number, old: string }
nodes:
  - { id: review, type: participant, assign: group:editors, routes: { approve: publish, reject: rework } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: publish, type: process, task: log, with: { message: a }, next: choose }
  - { id: choose, type: or-split, branches: [{ when: data.amount > 1, to: rework }, { default: true, to: end }] }
`)

describe('the difference of two models', () => {
  test('is told by what it means', () => {
    const after = model(
      `# another layout, with comments
nodes:
  - { id: choose, type: or-split, branches: [{ default: true, to: end }, { to: rework, when: data.amount > 2 }] }
  - { id: review, type: participant, assign: group:chiefs, due: P1D, routes: { approve: { to: publish, label: Publish }, drop: end, reject: publish } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: publish, type: process, task: http.request, with: { message: a }, next: notify }
  - { id: notify, type: process, task: log, next: choose }
data: { amount: { type: number, minimum: 0 }, fresh: string }
title: Test it
id: t
transient: true
`.replace('nodes:\n  - { id: choose', 'nodes:\n  - { id: begin, type: start, next: review }\n  - { id: choose'),
    )
    expect(diffModels(before, after).map(({ kind, sentence }) => `${kind}: ${sentence}`)).toMatchInlineSnapshot(`
      [
        "model-changed: The model's title was "Test" and is now "Test it".",
        "model-changed: The model's transient is new: true.",
        "data-changed: Data amount was {"type":"number"} and is now {"minimum":0,"type":"number"}.",
        "data-added: Data fresh is new: {"type":"string"}.",
        "data-removed: Data old is gone.",
        "node-added: The start begin is new.",
        "transition-added: The way from begin to review is new.",
        "transition-changed: The way from choose to rework has the rule "data.amount > 2" instead of "data.amount > 1".",
        "transitions-reordered: The branches of choose are now asked in the order end, rework.",
        "node-changed: assign of review was "group:editors" and is now "group:chiefs".",
        "node-changed: due of review is new: "P1D".",
        "transition-changed: Route approve of review is shown as {"label":"Publish"} instead of {}.",
        "transition-added: Route drop of review to end is new.",
        "transition-changed: Route reject of review leads to publish instead of rework.",
        "node-changed: task of publish was "log" and is now "http.request".",
        "transition-added: The way from publish to notify is new.",
        "transition-removed: The way from publish to choose is gone.",
        "node-added: The process notify is new.",
        "transition-added: The way from notify to choose is new.",
        "node-removed: The start start is gone.",
      ]
    `)
  })

  test('is nothing for the same content in another layout and order', () => {
    const shuffled = {
      ...before,
      nodes: [...before.nodes].reverse(),
      transitions: [...before.transitions].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    }
    expect(diffModels(before, shuffled)).toEqual([])
  })

  test('of any model with itself is nothing, and with another tells all its nodes', () => {
    fc.assert(
      fc.property(soundModel({ maxDepth: 2 }), (one) => {
        expect(diffModels(one, structuredClone(one))).toEqual([])
        const bare: Model = { ...one, nodes: [], transitions: [] }
        expect(diffModels(bare, one).filter(({ kind }) => kind === 'node-added')).toHaveLength(one.nodes.length)
        expect(diffModels(one, bare).filter(({ kind }) => kind === 'node-removed')).toHaveLength(one.nodes.length)
      }),
      { numRuns: 100 },
    )
  })
})
