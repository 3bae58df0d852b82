import { compileGraph, compileNet, parseModel } from '@millrace/model'
import { describe, expect, test } from 'vitest'

function netOf(...nodes: readonly string[]): ReturnType<typeof compileNet> {
  const { model, problems } = parseModel(`id: test\nnodes:\n${nodes.map((node) => `  - ${node}`).join('\n')}\n`)
  if (model === undefined) throw new Error(JSON.stringify(problems))
  return compileNet(model)
}

const step = (id: string, next: string): string => `{ id: ${id}, type: process, task: log, next: ${next} }`

/** The edges of the block of a join, by the nodes they join. */
function blockOf(net: ReturnType<typeof compileNet>, join: string): readonly string[] | undefined {
  const edges = net.region[net.indexOf.get(join) ?? -1]
  return edges?.map((edge) => `${net.nodes[net.edges[edge]?.from ?? -1]?.id}→${net.nodes[net.edges[edge]?.to ?? -1]?.id}`)
}

describe('the net of a model', () => {
  test('numbers nodes and edges as the model lists them', () => {
    const net = netOf(
      '{ id: f, type: and-split, branches: [a, b] }',
      step('a', 'j'),
      step('b', 'j'),
      '{ id: j, type: and-join, next: end }',
    )
    expect(net.nodes.map(({ id, join, split }) => [id, join, split])).toEqual([
      ['start', 'any', 'one'],
      ['f', 'any', 'all'],
      ['a', 'any', 'one'],
      ['b', 'any', 'one'],
      ['j', 'all', 'one'],
      ['end', 'any', 'one'],
    ])
    expect(net.outgoing).toEqual([[0], [1, 2], [3], [4], [5], []])
    expect(net.incoming).toEqual([[], [0], [1], [2], [3, 4], [5]])
    expect(net.start).toBe(0)
  })

  test('knows which nodes lie on a loop', () => {
    const net = netOf(step('a', 'b'), '{ id: b, type: or-split, branches: [{ when: "true", to: c }, d] }', step('c', 'b'), step('d', 'end'))
    expect(net.nodes.filter((_, i) => net.isInLoop[i]).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  test('a node that leads to itself is a loop', () => {
    const net = netOf('{ id: a, type: participant, assign: initiator, routes: { again: a, done: end } }')
    expect(net.isInLoop).toEqual([false, true, false])
  })

  test('five thousand nodes in a row do not overflow the stack', () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => ({ id: `n${i}`, join: 'any', split: 'one' }) as const)
    const transitions = nodes.map(({ id }, i) => ({ from: id, to: `n${(i + 1) % 5_000}` }))
    expect(compileGraph(nodes, transitions, 0).isInLoop.every(Boolean)).toBe(true)
  })

  test('a transition without a node is refused by name', () => {
    expect(() => compileGraph([{ id: 'a', join: 'any', split: 'one' }], [{ from: 'a', to: 'b' }], 0)).toThrow('joins a to b: no such node')
  })
})

describe('the block of a join that counts', () => {
  test('is everything between its and-split and it', () => {
    const net = netOf(
      '{ id: f, type: and-split, branches: [a, c, d] }',
      step('a', 'b'),
      step('b', 'j'),
      step('c', 'j'),
      '{ id: d, type: or-split, branches: [{ when: "true", to: d2 }, j] }',
      step('d2', 'd'),
      '{ id: j, type: and-join, need: 2, next: z }',
      step('z', 'end'),
    )
    expect(blockOf(net, 'j')).toEqual(['f→a', 'f→c', 'f→d', 'a→b', 'b→j', 'c→j', 'd→d2', 'd→j', 'd2→d'])
    expect(net.blockSplit[net.indexOf.get('j') ?? -1]).toBe(net.indexOf.get('f'))
  })

  test('is the smallest one', () => {
    const net = netOf(
      '{ id: outer, type: and-split, branches: [inner, x] }',
      '{ id: inner, type: and-split, branches: [a, b] }',
      step('a', 'j'),
      step('b', 'j'),
      '{ id: j, type: and-join, need: 1, next: k }',
      step('x', 'k'),
      '{ id: k, type: and-join, next: end }',
    )
    expect(blockOf(net, 'j')).toEqual(['inner→a', 'inner→b', 'a→j', 'b→j'])
  })

  test.each([
    [
      'a branch leaves it',
      [
        '{ id: f, type: and-split, branches: [a, b] }',
        '{ id: a, type: or-split, branches: [{ when: "true", to: end }, j] }',
        step('b', 'j'),
      ],
    ],
    [
      'something enters it',
      [
        '{ id: o, type: or-split, branches: [{ when: "true", to: f }, b] }',
        '{ id: f, type: and-split, branches: [a, b] }',
        step('a', 'j'),
        step('b', 'j'),
      ],
    ],
    ['no and-split opens it', ['{ id: o, type: or-split, branches: [{ when: "true", to: a }, b] }', step('a', 'j'), step('b', 'j')]],
    [
      'a branch leads back before it',
      ['{ id: f, type: and-split, branches: [a, b] }', '{ id: a, type: or-split, branches: [{ when: "true", to: f }, j] }', step('b', 'j')],
    ],
  ])('is only its own incoming edges where %s', (_, nodes) => {
    const net = netOf(...nodes, '{ id: j, type: and-join, need: 1, next: end }')
    expect(blockOf(net, 'j')).toEqual(['a→j', 'b→j'])
    expect(net.blockSplit.every((split) => split === undefined)).toBe(true)
  })

  test('a join that needs all it has is a plain one', () => {
    const net = netOf(
      '{ id: f, type: and-split, branches: [a, b] }',
      step('a', 'j'),
      step('b', 'j'),
      '{ id: j, type: and-join, need: 2, next: end }',
    )
    expect(net.nodes[net.indexOf.get('j') ?? -1]?.join).toBe('all')
  })
})
