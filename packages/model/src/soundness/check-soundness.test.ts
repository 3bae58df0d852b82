import { checkSoundness, parseModel, type Soundness } from '@millrace/model'
import { describe, expect, test } from 'vitest'

function check(nodes: readonly string[], options: { readonly budget?: number } = {}): Soundness {
  const { model, problems } = parseModel(`id: test\nnodes:\n${nodes.map((node) => `  - ${node}`).join('\n')}\n`)
  if (model === undefined) throw new Error(JSON.stringify(problems))
  return checkSoundness(model, options)
}

/** The defect and the way there: which node fires, and where tokens stand afterwards. */
function told({ counterexample }: Soundness): readonly string[] {
  if (counterexample === undefined) return []
  return [
    `${counterexample.kind} at ${counterexample.node}`,
    ...counterexample.steps.map(({ node, tokens }) => `${node} [${tokens.join(' ')}]`),
  ]
}

const step = (id: string, next: string): string => `{ id: ${id}, type: process, task: log, next: ${next} }`

describe('a model is sound', () => {
  test.each<[string, readonly string[]]>([
    ['as a row of steps', [step('a', 'b'), step('b', 'end')]],
    ['with a loop', ['{ id: a, type: participant, assign: initiator, routes: { again: b, done: end } }', step('b', 'a')]],
    [
      'with all branches joined',
      ['{ id: f, type: and-split, branches: [a, b, j] }', step('a', 'j'), step('b', 'j'), '{ id: j, type: and-join, next: end }'],
    ],
    ['with parallel branches that each end', ['{ id: f, type: and-split, branches: [a, b] }', step('a', 'end'), step('b', 'end')]],
    [
      'with choices merged at a step',
      ['{ id: o, type: or-split, branches: [{ when: "true", to: a }, b] }', step('a', 'c'), step('b', 'c'), step('c', 'end')],
    ],
    ['with a goto back', [step('a', 'g'), '{ id: g, type: goto, to: a, when: "true", next: end }']],
    [
      'with a join that takes the first',
      ['{ id: f, type: and-split, branches: [a, b] }', step('a', 'j'), step('b', 'j'), '{ id: j, type: and-join, need: 1, next: end }'],
    ],
    [
      'with several ends',
      ['{ id: a, type: participant, assign: initiator, routes: { yes: ok, no: bad } }', '{ id: ok, type: end }', '{ id: bad, type: end }'],
    ],
  ])('%s', (_, nodes) => {
    expect(check(nodes)).toMatchObject({ verdict: 'sound' })
  })

  test('without block structure, when every join gets what it waits for', () => {
    const nodes = [
      '{ id: f, type: and-split, branches: [choose, wait] }',
      '{ id: choose, type: or-split, branches: [{ when: "true", to: x }, y] }',
      '{ id: x, type: and-split, branches: [go, word] }',
      '{ id: y, type: and-split, branches: [go, word] }',
      '{ id: go, type: or-join, next: j }',
      '{ id: word, type: or-join, next: wait }',
      '{ id: wait, type: and-join, next: j }',
      '{ id: j, type: and-join, next: end }',
    ]
    const { verdict, states } = check(nodes)
    expect(verdict).toBe('sound')
    expect(states).toBeGreaterThan(0)
  })
})

describe('a model is unsound', () => {
  test('that waits for a branch nobody takes', () => {
    const result = check([
      '{ id: o, type: or-split, branches: [{ when: "true", to: a }, b] }',
      step('a', 'j'),
      step('b', 'j'),
      '{ id: j, type: and-join, next: end }',
    ])
    expect(told(result)).toEqual(['deadlock at j', 'start [0]', 'o [1]', 'a [3]'])
    expect(result.counterexample?.sentence).toBe(
      'j waits for b, which will not come. Join the branches of an or-split with an or-join, and those of an and-split with an and-join.',
    )
    expect(result.counterexample?.steps.map(({ sentence }) => sentence)).toEqual([
      'The work begins and comes to o.',
      'o completes and leads to a.',
      'a completes and leads to j.',
    ])
  })

  test('that leaves a branch behind when another ends', () => {
    const nodes = [
      '{ id: f, type: and-split, branches: [a, b] }',
      '{ id: a, type: participant, assign: initiator, routes: { stop: end, on: j } }',
      step('b', 'j'),
      '{ id: j, type: and-join, next: end }',
    ]
    const result = check(nodes)
    expect(told(result)).toEqual(['left-behind at j', 'start [0]', 'f [1 2]', 'a [2]', 'b [5]'])
    expect(result.counterexample?.steps[2]?.sentence).toBe('a completes with stop and leads to end.')
  })

  test('that runs a step twice at once', () => {
    const result = check(['{ id: f, type: and-split, branches: [a, b] }', step('a', 'c'), step('b', 'c'), step('c', 'end')])
    expect(told(result)).toEqual(['unsafe at c', 'start [0]', 'f [1 2]', 'a [2 3]', 'b [3 4]'])
    expect(result.counterexample?.sentence).toBe(
      'c would run twice at once. Join the branches with an and-join before it, or choose one with an or-split.',
    )
  })

  test('that starts more and more of the same', () => {
    const nodes = [
      '{ id: j, type: or-join, next: f }',
      '{ id: f, type: and-split, branches: [d, u] }',
      '{ id: d, type: or-split, branches: [{ when: "true", to: j }, end] }',
      step('u', 'end'),
    ]
    expect(told(check(nodes))[0]).toBe('unsafe at u')
  })

  test('that can go round for ever', () => {
    const nodes = [
      '{ id: o, type: or-split, branches: [{ when: "true", to: a }, end] }',
      '{ id: a, type: or-join, next: b }',
      step('b', 'a'),
    ]
    expect(told(check(nodes))).toEqual(['cannot-end at o', 'start [0]', 'o [1]'])
  })

  test('with a step that never runs', () => {
    const result = check([step('a', 'end'), step('lost', 'a')])
    expect(told(result)).toEqual(['dead-node at lost'])
  })

  test('where a join takes the first before the others can do anything', () => {
    const nodes = ['{ id: f, type: and-split, branches: [j, a] }', step('a', 'j'), '{ id: j, type: and-join, need: 1, next: end }']
    expect(told(check(nodes))).toEqual(['dead-node at a'])
  })

  test('that joins in a loop what runs outside of it', () => {
    const nodes = [
      '{ id: f, type: and-split, branches: [head, x] }',
      '{ id: head, type: or-join, next: j }',
      step('x', 'j'),
      '{ id: j, type: and-join, next: o }',
      '{ id: o, type: or-split, branches: [{ when: "true", to: head }, end] }',
    ]
    expect(told(check(nodes))[0]).toBe('deadlock at j')
  })

  test('and the counterexample is a shortest one', () => {
    const nodes = [
      step('long1', 'long2'),
      step('long2', 'o'),
      '{ id: o, type: or-split, branches: [{ when: "true", to: p }, q] }',
      step('p', 'p2'),
      step('p2', 'j'),
      step('q', 'j'),
      '{ id: j, type: and-join, next: end }',
    ]
    expect(check(nodes).counterexample?.steps.map(({ node }) => node)).toEqual(['start', 'long1', 'long2', 'o', 'q'])
  })
})

describe('a model too large for its budget', () => {
  /** Branches side by side, each with a choice that leaves it: nothing folds, and every combination is a state. */
  const wide = [
    `{ id: f, type: and-split, branches: [${Array.from({ length: 12 }, (_, i) => `c${i}`).join(', ')}] }`,
    ...Array.from({ length: 12 }, (_, i) => [
      `{ id: c${i}, type: or-split, branches: [{ when: "true", to: x${i} }, y${i}] }`,
      `{ id: x${i}, type: and-split, branches: [g${i}, w${i}] }`,
      `{ id: y${i}, type: and-split, branches: [g${i}, w${i}] }`,
      `{ id: g${i}, type: or-join, next: j }`,
      `{ id: w${i}, type: or-join, next: j }`,
    ]).flat(),
    '{ id: j, type: and-join, next: end }',
  ]

  test('is neither called sound nor unsound', () => {
    expect(check(wide, { budget: 1_000 })).toEqual({ verdict: 'unknown', states: 1_000 })
  })
})
