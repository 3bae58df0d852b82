import { readdirSync, readFileSync } from 'node:fs'
import { checkModel, locate, PROBLEM_CODES, parseModel, printModel, soundnessFindings, validateModel } from '@millrace/model'
import { describe, expect, test } from 'vitest'

const publishPage = readFileSync(new URL('../../../examples/publish-page/publish-page.yaml', import.meta.url), 'utf8')

describe('a checked text', () => {
  test('of the example is in order and sound', () => {
    const { model, problems, soundness } = checkModel(publishPage)
    expect(problems).toEqual([])
    expect(soundness).toEqual({ verdict: 'sound', states: 0 })
    expect(model?.id).toBe('publish-page')
  })

  test('tells mistakes of form, of rules and of the graph together', () => {
    const text = `id: t
data: { amount: number }
nodes:
  - { id: split, type: and-split, branches: [a, b] }
  - { id: a, type: or-split, branches: [{ when: data.amout > 1, to: j }, { to: end, default: true }] }
  - { id: b, type: process, tsk: x, task: log, next: j }
  - { id: j, type: and-join, next: end }
`
    const { model, problems, soundness } = checkModel(text)
    expect(model).toBeUndefined()
    expect(problems.map(({ line, column, code, node }) => [line, column, code, node])).toEqual([
      [5, 54, 'EXPRESSION_UNDECLARED', 'a'],
      [6, 29, 'KEY_UNKNOWN', 'b'],
      [7, 5, 'UNSOUND', 'j'],
    ])
    expect(problems[2]).toMatchObject({ hint: 'It happens on the way start → split → a → b.' })
    expect(soundness).toMatchObject({ verdict: 'unsound', counterexample: { kind: 'left-behind', node: 'j' } })
  })

  test('judges the parts but not the graph while nodes are missing', () => {
    const { problems, soundness } = checkModel(
      'id: t\nnodes:\n  - { id: a, type: proces, task: log, next: end }\n  - { id: b, type: process, task: log, with: { x: "{{ data.y }}" }, next: end }\n',
    )
    expect(problems.map(({ code }) => code)).toEqual(['NODE_TYPE_UNKNOWN', 'EXPRESSION_UNDECLARED'])
    expect(soundness).toBeUndefined()
  })

  test('warns, and does not refuse, beyond the budget of the search', () => {
    const branches = Array.from({ length: 8 }, (_, i) => [
      `  - { id: c${i}, type: and-split, branches: [g${i}, w] }`,
      `  - { id: g${i}, type: process, task: log, next: j }`,
    ]).flat()
    const text = `id: t\nnodes:\n  - { id: f, type: and-split, branches: [${Array.from({ length: 8 }, (_, i) => `c${i}`).join(', ')}] }\n${branches.join('\n')}\n  - { id: w, type: or-join, next: j }\n  - { id: j, type: and-join, next: end }\n`
    const { problems } = checkModel(text, { budget: 4 })
    expect(problems).toMatchObject([{ code: 'SOUNDNESS_UNKNOWN', severity: 'warning' }])
  })

  test('without any model has no soundness', () => {
    expect(checkModel('[')).toMatchObject({ problems: [{ code: 'TEXT_SYNTAX' }], positions: { transitions: [] } })
  })
})

test('findings of a model without a text get places in its printed text', () => {
  const { model } = parseModel(publishPage)
  if (model === undefined) throw new Error('The example has problems')
  const broken = { ...model, data: {} }
  const { positions } = parseModel(printModel(broken))
  const problems = locate(validateModel(broken), positions)
  expect(problems.map(({ line, code, node }) => [line, code, node])).toContainEqual([expect.any(Number), 'EXPRESSION_UNDECLARED', 'rework'])
  expect(problems.every(({ line }) => line > 1)).toBe(true)
})

test('a defect that a simpler finding told is not told twice', () => {
  const soundness = {
    verdict: 'unsound',
    states: 1,
    counterexample: { kind: 'dead-node', node: 'a', sentence: 'a can never run.', steps: [] },
  } as const
  expect(soundnessFindings(soundness)).toMatchObject([{ code: 'UNSOUND', path: 'nodes/a' }])
  expect(soundnessFindings(soundness, [{ code: 'NODE_UNREACHABLE', severity: 'error', message: '', path: '' }])).toEqual([])
})

test('every code of the catalogue is reported by some file, and means something of its own', () => {
  const folder = new URL('.', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(text|validate|expression|aem)\/.*\.ts$|^check-model\.ts$/.test(name),
  )
  const source = files
    .filter((name) => !name.includes('.test.'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const codes = Object.keys(PROBLEM_CODES)
  expect(codes.filter((code) => !source.includes(`'${code}'`))).toEqual([])
  expect(new Set(Object.values(PROBLEM_CODES)).size).toBe(codes.length)
})
