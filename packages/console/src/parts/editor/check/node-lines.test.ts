import { expect, test } from 'vitest'
import { checkText } from './check-text.ts'
import { linesOfNode, nodeAtLine } from './node-lines.ts'

const text = `id: m
nodes:
  - id: a
    type: process
    task: log

    next: b

  # the second
  - { id: b, type: process, task: log,
      next: end }
title: After
`
const { lines, problems, verdict, model } = checkText(text)

test('the cursor finds its node, and a node its lines', () => {
  expect([1, 3, 7, 8, 10, 12].map((line) => nodeAtLine(lines, line))).toEqual(['start', 'a', 'a', 'a', 'b', 'b'])
  expect(linesOfNode(lines, 'a', text)).toEqual({ from: 3, to: 7 })
  expect(linesOfNode(lines, 'b', text)).toEqual({ from: 10, to: 11 })
  expect([linesOfNode(lines, 'nobody', text), linesOfNode(lines, 'end', text)]).toEqual([undefined, undefined])
})

test('a check tells problems, verdict and model together', () => {
  expect({ problems, verdict, nodes: model?.nodes.map((node) => node.id) }).toEqual({
    problems: [],
    verdict: 'sound',
    nodes: ['start', 'a', 'b', 'end'],
  })
  const broken = checkText('id: m\nnodes:\n  - { id: a, type: process, task: log, next: nowhere }\n')
  expect(broken.problems.map((problem) => [problem.code, problem.line])).toEqual([['TARGET_UNKNOWN', 3]])
  expect(broken.model?.nodes.map((node) => node.id)).toContain('a')
})
