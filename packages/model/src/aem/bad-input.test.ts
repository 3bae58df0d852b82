import { describe, expect, test } from 'vitest'
import { PROBLEM_CODES } from '../problem-code.ts'
import { importAem } from './import.ts'
import { designPage, participant, process, runtimePage, split, step } from './pair.fixture.ts'

const errors = (text: string): readonly (readonly [code: string, line: number, column: number])[] =>
  importAem(text, { file: 'x.xml' })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, line, column }) => [code, line, column])

const codes = (text: string): readonly string[] => importAem(text, { file: 'x.xml' }).problems.map(({ code }) => code)

describe('files that are not read', () => {
  test('a document type is refused at its place, whatever it declares', () => {
    const external =
      '<?xml version="1.0"?>\n<!-- <!DOCTYPE not this> -->\n<!DOCTYPE jcr:root [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>\n<jcr:root a="&xxe;"/>'
    expect(errors(external)).toEqual([['AEM_XML_DOCTYPE', 3, 1]])
    const laughs = `<!DOCTYPE r [<!ENTITY a "ha">${[...Array(30).keys()].map((i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`).join('')}]><r>&a30;</r>`
    expect(errors(laughs)).toEqual([['AEM_XML_DOCTYPE', 1, 1]])
  })

  test('an entity without a document type is malformed, never looked up', () => {
    expect(errors('<jcr:root a="&xxe;"/>')[0]?.[0]).toBe('AEM_XML_MALFORMED')
  })

  test.each([
    ['mismatched tags', '<jcr:root>\n  <a>\n  </b>\n</jcr:root>', 3],
    ['an element left open', '<jcr:root>\n<a>', 2],
    ['two roots', '<a/>\n<b/>', 2],
    ['an attribute twice', '<jcr:root\n a="1"\n a="2"/>', 3],
    ['no quotes', '<jcr:root a=1/>', 1],
    ['a null character', '<jcr:root a="\0"/>', 1],
    ['text only', 'hello', 1],
    ['nothing', '', 1],
    ['a byte order mark and nothing', '\ufeff', 1],
  ])('%s', (_, text, line) => {
    expect(errors(text).map(([code, at]) => [code, at])).toEqual([['AEM_XML_MALFORMED', line]])
  })

  test.each([
    ['a launcher', '<jcr:root jcr:primaryType="cq:WorkflowLauncher"/>', 'a launcher, not a model'],
    ['an instance', '<jcr:root jcr:primaryType="cq:Workflow"/>', 'a workflow instance, not a model'],
    ['a page without a flow', '<jcr:root jcr:primaryType="cq:Page"><jcr:content/></jcr:root>', 'a page without a flow'],
    ['some other XML', '<project/>', '<project>'],
    ['JSON that is no model', '{"nodes": 1}', 'no workflow model'],
    ['a JSON list', '[1]', 'no workflow model'],
  ])('%s', (_, text, message) => {
    const { model, problems } = importAem(text, { file: 'x' })
    expect(model).toBeUndefined()
    expect(problems).toMatchObject([{ code: 'AEM_NOT_A_MODEL', message: expect.stringContaining(message), hint: expect.any(String) }])
  })

  test('broken JSON is reported where it breaks', () => {
    expect(errors('{\n  "nodes": [],\n  "transitions": [,]\n}')).toEqual([['AEM_JSON_MALFORMED', 3, 19]])
  })

  test.each([
    ['too long', ' '.repeat(4_000_001)],
    ['too deep', `${'<a>'.repeat(81)}${'</a>'.repeat(81)}`],
    ['too many elements', `<a>${'<b/>'.repeat(50_001)}</a>`],
    ['JSON too deep', `{"nodes": [], "transitions": [], "metaData": {"a": ${'['.repeat(500_000)}${']'.repeat(500_000)}}}`],
    ['JSON too long', `{"a": "${'x'.repeat(4_000_000)}"}`],
    [
      'too many nodes',
      designPage(
        'x',
        [...Array(2_001).keys()].map((i) => process(`p${i}`, `P${i}`)),
      ),
    ],
  ])('%s', (_, text) => {
    expect(codes(text)).toContain('AEM_TOO_LARGE')
  })
})

describe('graphs no model can be made of', () => {
  const nodes = [
    ['START', 'Start'],
    ['PROCESS', 'A', { PROCESS: 'x' }],
    ['END', 'End'],
  ] as const

  test.each([
    [
      'a transition to nowhere',
      runtimePage('x', nodes, [
        [0, 1],
        [1, 7],
      ]),
      'AEM_GRAPH',
    ],
    ['no end', runtimePage('x', nodes.slice(0, 2), [[0, 1]]), 'AEM_GRAPH'],
    [
      'two starts',
      runtimePage(
        'x',
        [...nodes, ['START', 'Again']],
        [
          [0, 1],
          [1, 2],
        ],
      ),
      'AEM_GRAPH',
    ],
    [
      'an unknown type',
      runtimePage(
        'x',
        [...nodes, ['MAYBE', 'X']],
        [
          [0, 1],
          [1, 2],
        ],
      ),
      'AEM_NODE_TYPE',
    ],
    [
      'one id twice',
      runtimePage('x', nodes, [
        [0, 1],
        [1, 2],
      ]).replaceAll('node2', 'node1'),
      'AEM_NODE_ID',
    ],
    [
      'a goto to nowhere',
      runtimePage(
        'x',
        [nodes[0], ['PROCESS', 'G', { PROCESS: 'g', TARGET_NODE_ID: 'node9' }], nodes[2]],
        [
          [0, 1],
          [1, 2],
        ],
      ),
      'AEM_GOTO_TARGET',
    ],
    [
      'a goto to a path that is not there',
      designPage('x', [step('g', 'G', { TARGET_NODE_PATH: '/a/jcr:content/flow/none' })]),
      'AEM_GOTO_TARGET',
    ],
    [
      'branches in a component that is no split',
      designPage('x', [
        split('or', [[process('a', 'A')], [process('b', 'B')]])
          .replace('model/or"', 'model/orsplit"')
          .replace(' orSplit="true"', ''),
      ]),
      'AEM_SPLIT_UNKNOWN',
    ],
  ])('%s', (_, text, code) => {
    const { model, problems } = importAem(text, { file: 'x.xml' })
    expect(problems.map((problem) => problem.code)).toContain(code)
    expect(model).toBeUndefined()
    expect(problems.every(({ line, message }) => line >= 1 && message.endsWith('.'))).toBe(true)
  })
})

describe('what is odd but can be imported', () => {
  test.each([
    [
      'a component that is no step',
      designPage('x', [process('a', 'A'), '<cta_banner_with_poin jcr:primaryType="nt:unstructured" sling:resourceType="site/cta"/>']),
      'AEM_STEP_IGNORED',
    ],
    ['a step that does not say what it runs', designPage('x', [step('a', 'A', {})]), 'AEM_FIELD_MISSING'],
    ['an empty branch', designPage('x', [participant('p', 'P', 'admin'), split('or', [[process('a', 'A')], []])]), 'AEM_BRANCH_EMPTY'],
    [
      'branches beyond the count',
      designPage('x', [
        split('and', [[process('a', 'A')], [process('b', 'B')], [process('c', 'C')]]).replace('branches="3"', 'branches="2"'),
      ]),
      'AEM_BRANCH_IGNORED',
    ],
    [
      'branches in another order',
      designPage('x', [split('and', [[process('a', 'A')], [process('b', 'B')]], { branchOrder: '[1,0]' })]),
      'AEM_BRANCH_ORDER',
    ],
    [
      'a rule where nothing is chosen',
      runtimePage(
        'x',
        [
          ['START', 'S'],
          ['PROCESS', 'A', { PROCESS: 'x' }],
          ['END', 'E'],
        ],
        [
          [0, 1, 'function check() { return sling.x(); }'],
          [1, 2],
        ],
      ),
      'AEM_RULE_LEFT_OUT',
    ],
  ])('%s', (_, text, code) => {
    const { model, problems } = importAem(text, { file: 'x.xml' })
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([[code, 'warning']])
    expect(model).toBeDefined()
  })

  test('a count of branches without end makes no branches without end', () => {
    const { model } = importAem(
      designPage('x', [split('and', [[process('a', 'A')], [process('b', 'B')]]).replace('branches="2"', 'branches="1e9"')]),
      { file: 'x.xml' },
    )
    expect(model?.nodes.map(({ type }) => type)).toEqual(['start', 'and-split', 'and-join', 'process', 'process', 'end'])
  })

  test('names that every object has are plain names', () => {
    const { model } = importAem(designPage('x', [step('a', 'A', { PROCESS: 'x', __proto__: 'p', constructor: 'c', toString: 't' })]), {
      file: 'x.xml',
    })
    const metadata = model?.nodes.find(({ id }) => id === 'node1')?.metadata ?? {}
    expect(Object.entries(metadata)).toEqual([
      ['PROCESS', 'x'],
      ['constructor', 'c'],
      ['toString', 't'],
    ])
    const raw = designPage('x', [step('a', 'A', { PROCESS: 'x', POLLUTED: 'p' })]).replace('POLLUTED', '__proto__')
    const polluted = importAem(raw, { file: 'x.xml' }).model?.nodes.find(({ id }) => id === 'node1')
    expect(Object.keys(polluted?.metadata ?? {})).toEqual(['PROCESS', '__proto__'])
    expect(Object.getPrototypeOf(polluted?.metadata)).toBe(Object.prototype)
  })
})

test('every code is in the catalogue', () => {
  const seen = [designPage('x', [step('a', 'A', {})]), '<a/>', '', '{', '<!DOCTYPE a><a/>'].flatMap(codes)
  expect(seen.filter((code) => !(code in PROBLEM_CODES))).toEqual([])
})
