import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { compileExpression } from '../../expression/compile.ts'
import type { JsonSchema, JsonValue } from '../../model.ts'
import { schemaOfUse } from '../variables.ts'
import type { Uses } from './subject.ts'
import { type TranslatedRule, translateRule } from './translate.ts'

/** Scripts as they stand in real models and in the documentation, with what they become. */
const IDIOMS: readonly (readonly [script: string, cel: string])[] = [
  [`function check() { return false; }`, 'false'],
  [`function check(){ return workflowData.getMetaDataMap().get('status','')=='APPROVE'; }`, `has(data.status) && data.status == 'APPROVE'`],
  [`function check(){ return workflowData.getMetaDataMap().get('status','x') == 'x'; }`, `!has(data.status) || data.status == 'x'`],
  [`function check(){ return workflowData.getMetaDataMap().get("status", "x") !== "x"; }`, `has(data.status) && data.status != 'x'`],
  [`function check(){ return workflowData.getMetaDataMap().get('status') != 'x'; }`, `!has(data.status) || data.status != 'x'`],
  [
    `function check(){
       // Set by the dialog.
       var map = workflowData.getMetaDataMap();
       var approval = map.get("status");
       log.info("approval is " , approval);
       return (approval == "approve");
     }`,
    `has(data.status) && data.status == 'approve'`,
  ],
  [
    `function check() { return 'APPROVE' === String(graniteWorkflowData.getMetaDataMap().get('status', '')); }`,
    `has(data.status) && data.status == 'APPROVE'`,
  ],
  [
    `function check() { if (workItem.getWorkflowData().getMetaDataMap().get('status', '').equals('a')) { return true; } else { return false; } }`,
    `has(data.status) && data.status == 'a'`,
  ],
  [
    `function check() { var ok = false; if (workflowData.getMetaDataMap().get('status', '') == 'a') { ok = true; } return ok; }`,
    `has(data.status) && data.status == 'a'`,
  ],
  [
    `function check() { var s = workflowData.getMetaDataMap().get('status', ''); return s == 'a' || s == 'b'; }`,
    `(has(data.status) && data.status == 'a') || (has(data.status) && data.status == 'b')`,
  ],
  [`function check() { return !(workflowData.getMetaDataMap().get('status', '') == 'a'); }`, `!has(data.status) || data.status != 'a'`],
  [`function check() { return workflowData.getMetaDataMap().get('count', 0) >= 3; }`, `has(data.count) && data.count >= 3`],
  [`function check() { return 3 > workflowData.getMetaDataMap().get('count', 0); }`, `!has(data.count) || data.count < 3`],
  [`function check() { return workflowData.getMetaDataMap().get('flag', false); }`, `has(data.flag) && data.flag == true`],
  [`function check() { return workflowData.getMetaDataMap().get('flag', false) ? false : true; }`, `!has(data.flag) || data.flag != true`],
  [`function check() { return workflowData.getMetaDataMap().get('status') == null; }`, `!has(data.status)`],
  [`function check() { return workflowData.getMetaDataMap().containsKey('status'); }`, `has(data.status)`],
  [
    `function check() { return workflowData.getPayload().toString().startsWith('/content/dam'); }`,
    `payload.path.startsWith('/content/dam')`,
  ],
  [
    `function check() { var path = workflowData.getPayload(); return path.indexOf("/content/dam/") == 0; }`,
    `payload.path.startsWith('/content/dam/')`,
  ],
  [`function check() { return workflowData.getPayload().toString().indexOf("/en/") > -1; }`, `payload.path.contains('/en/')`],
  [`function check() { return workflowData.getPayload().toString().indexOf("/en/") == -1; }`, `!payload.path.contains('/en/')`],
  [`function check() { return workflowData.getMetaDataMap().get('initiator', '') == 'admin'; }`, `initiator == 'admin'`],
  [
    `function check() { return workflowData.getMetaDataMap().get('status', '') == 'it\\'s "1\\\\2"\\n'; }`,
    `has(data.status) && data.status == 'it\\'s "1\\\\2"\\n'`,
  ],
  [`metaDataMap.get('status','d') == 'v'`, `has(data.status) && data.status == 'v'`],
]

describe('recognised scripts', () => {
  test.each(IDIOMS)('%s', (script, cel) => {
    expect(translateRule(script, new Map())).toEqual({ kind: 'cel', rule: cel })
  })

  test.each([
    '',
    '  \n',
    'function check() { return true; }',
    'function check(){\r\n      return true;\r\n}\r\n',
    'true',
    '/* nothing */ function check() { if (1 == 1) return true }',
  ])('always: %j', (script) => {
    expect(translateRule(script, new Map())).toEqual({ kind: 'always' })
  })

  test('say in CEL what they say when they run', () => {
    const values: { readonly [key: string]: readonly (JsonValue | undefined)[] } = {
      status: [undefined, 'APPROVE', 'a', 'b', 'x', '', 'approve', 'v', `it's "1\\2"\n`],
      count: [undefined, 0, 2, 3, 4],
      flag: [undefined, true, false],
    }
    let compared = 0
    for (const [script] of IDIOMS) {
      const key = Object.keys(values).find((name) => script.includes(`'${name}'`) || script.includes(`"${name}"`)) ?? 'flag'
      for (const value of values[key] ?? []) {
        for (const path of ['/content/dam/en/a', '/content/en', '/']) {
          const data = defined({ [key]: value })
          expect(runCel(script, data, path), `${script} with ${JSON.stringify(data)} on ${path}`).toBe(runScript(script, data, path))
          compared += 1
        }
      }
    }
    expect(compared).toBeGreaterThan(400)
  })
})

describe('what is not recognised stays as it is', () => {
  const foreign = [
    'function check() { return sling.getRequest() != null; }',
    `function check() { return workflowSession.getSession().nodeExists('/x'); }`,
    `function check() { return new java.util.Date().getTime() > 0; }`,
    `function check() { for (;;) {} return true; }`,
    `function check() { var m = workflowData.getMetaDataMap(); m.put('a', 1); return true; }`,
    `function check() { return workItem.getMetaDataMap().get('a', '') == 'b'; }`,
    `function check() { return workflowData.getMetaDataMap().get('a') < 3; }`,
    `function check() { return workflowData.getMetaDataMap().get(name, '') == 'b'; }`,
    `function check() { return workflowData.getMetaDataMap().get('cq:tag', '') == 'b'; }`,
    `function check() { return /x/.test(workflowData.getPayload()); }`,
    `function check() { return true; } function other() {}`,
    `function check( { return true; }`,
    `function other() { return true; }`,
    'return true',
    'a'.repeat(30_000),
    `function check() { return ${'('.repeat(500)}true${')'.repeat(500)}; }`,
    `function check() { return workflowData.getMetaDataMap().get('a', '') == 'b' + 'c'; }`,
    `"constructor"["constructor"]("return 1")()`,
    'function check() { return toString; }',
  ]

  test.each(foreign)('%.80s', (script) => {
    expect(translateRule(script, new Map())).toEqual({ kind: 'manual', rule: { js: script }, name: 'ECMA script' })
  })

  test('conditions that double with every variable end early instead of growing for ever', () => {
    const doublings = [...Array(400).keys()].map((i) => `var v${i + 1} = (v${i} ? !v${i} : v${i}) || v${i} && v${i};`).join(' ')
    const script = `function check() { var v0 = workflowData.getMetaDataMap().get('a', '') == 'b'; ${doublings} return v400; }`
    expect(translateRule(script, new Map()).kind).toBe('manual')
    const ifs = [...Array(40).keys()]
      .map((i) => `if (workflowData.getMetaDataMap().get('a${i}', '') == 'b') { x = ${i % 2 === 0}; }`)
      .join(' ')
    expect(translateRule(`function check() { var x = false; ${ifs} return x; }`, new Map()).kind).toBe('manual')
  })

  test('a rule that takes a variable for another type than declared is left alone', () => {
    const script = `function check() { return workflowData.getMetaDataMap().get('amount', '') == 'many'; }`
    expect(translateRule(script, new Map([['amount', 'number']])).kind).toBe('manual')
    expect(translateRule(script, new Map([['amount', 'other']])).kind).toBe('manual')
    expect(translateRule(script, new Map([['amount', 'string']])).kind).toBe('cel')
  })

  test('what a rule reads is noted only when it was translated', () => {
    const uses: Uses = new Map()
    translateRule(`function check() { return workflowData.getMetaDataMap().get('a', '') == 'b' && sling.x(); }`, uses)
    expect([...uses]).toEqual([])
    translateRule(`function check() { return workflowData.getMetaDataMap().get('a', 0) == 1; }`, uses)
    expect([...uses]).toEqual([['a', 'number']])
  })

  test("the path of a script says when it runs that it is missing; AEM's own rule-false is known", () => {
    const rule = translateRule('/apps/example/rules/x.ecma', new Map())
    expect(rule).toMatchObject({ kind: 'manual', name: '/apps/example/rules/x.ecma' })
    expect(() => runInNewContext(`${jsOf(rule)}; check()`)).toThrow('/apps/example/rules/x.ecma is not part of the model')
    expect(translateRule('/libs/workflow/scripts/rule-false.ecma', new Map())).toEqual({ kind: 'cel', rule: 'false' })
  })
})

describe('Rule Definitions', () => {
  const variable = (name: string): JsonValue => ({
    nodeName: 'EXPRESSION',
    choice: { nodeName: 'COMPONENT', value: { id: name, name, type: 'STRING', displayPath: `workflow_variables/${name}/` } },
  })
  const literal = (nodeName: string, value: JsonValue): JsonValue => ({ nodeName: 'EXPRESSION', choice: { nodeName, value } })
  const operator = (nodeName: string): JsonValue => ({ nodeName: 'OPERATOR', choice: { nodeName, value: null } })
  const comparison = (left: JsonValue, op: string, right: JsonValue = null): JsonValue => ({
    nodeName: 'CONDITION',
    choice: { nodeName: 'COMPARISON_EXPRESSION', items: right === null ? [left, operator(op)] : [left, operator(op), right] },
    nested: false,
  })
  const combined = (left: JsonValue, op: string, right: JsonValue): JsonValue => ({
    nodeName: 'CONDITION',
    choice: { nodeName: 'BOOLEAN_BINARY_EXPRESSION', items: [left, operator(op), right] },
    nested: true,
  })
  const definition = (condition: JsonValue, flags: { readonly [name: string]: JsonValue } = { isValid: true, enabled: true }): string =>
    JSON.stringify({ nodeName: 'ROOT', items: [{ nodeName: 'STATEMENT', choice: condition }], version: 1, ...flags })

  test.each([
    [comparison(variable('a'), 'EQUALS_TO', literal('STRING_LITERAL', "it's")), `has(data.a) && data.a == 'it\\'s'`],
    [comparison(variable('a'), 'NOT_EQUALS_TO', literal('STRING_LITERAL', 'b')), `!has(data.a) || data.a != 'b'`],
    [comparison(variable('a'), 'STARTS_WITH', literal('STRING_LITERAL', 'b')), `has(data.a) && data.a.startsWith('b')`],
    [comparison(variable('a'), 'EQUALS_TO', literal('NUMERIC_LITERAL', 5)), 'has(data.a) && data.a == 5'],
    [comparison(variable('a'), 'IS_EMPTY'), `!has(data.a) || data.a == ''`],
    [comparison(variable('a'), 'IS_TRUE'), 'has(data.a) && data.a == true'],
    [
      combined(
        comparison(variable('a'), 'EQUALS_TO', literal('STRING_LITERAL', 'b')),
        'OR',
        combined(
          comparison(variable('c'), 'IS_NOT_EMPTY'),
          'AND',
          comparison(variable('d'), 'EQUALS_TO', literal('BOOLEAN_LITERAL', 'true')),
        ),
      ),
      `(has(data.a) && data.a == 'b') || (has(data.c) && data.c != '' && has(data.d) && data.d == true)`,
    ],
  ])('%#', (condition, cel) => {
    const uses: Uses = new Map()
    expect(translateRule(definition(condition), uses)).toEqual({ kind: 'cel', rule: cel })
    expect(compileExpression(cel, { data: schemas(uses), payload: 'path' }, 'boolean').problems).toEqual([])
  })

  test.each([
    ['invalid', definition(comparison(variable('a'), 'IS_EMPTY'), { isValid: false })],
    ['disabled', definition(comparison(variable('a'), 'IS_EMPTY'), { enabled: false })],
    [
      'about a form field',
      definition(comparison({ nodeName: 'EXPRESSION', choice: { nodeName: 'COMPONENT', value: { displayPath: 'form/a/' } } }, 'IS_EMPTY')),
    ],
    ['with an unknown operator', definition(comparison(variable('a'), 'IS_BEFORE', literal('DATE_LITERAL', '2024')))],
    ['cut off', definition(comparison(variable('a'), 'IS_EMPTY')).slice(0, -20)],
    ['of other nodes', '{"nodeName":"ROOT","items":"x"}'],
  ])('%s: kept for a person', (_, text) => {
    const rule = translateRule(text, new Map())
    expect(rule).toMatchObject({ kind: 'manual', name: 'Rule Definition' })
    expect(() => runInNewContext(`${jsOf(rule)}; check()`)).toThrow('Write this rule')
  })
})

/** What the script says in AEM. */
function runScript(script: string, data: { readonly [name: string]: JsonValue }, path: string): boolean {
  const metadata = {
    get: (key: string, fallback: unknown = null) => (key === 'initiator' ? 'ana' : (data[key] ?? fallback)),
    containsKey: (key: string) => data[key] !== undefined,
  }
  const workflowData = { getMetaDataMap: () => metadata, getPayload: () => path }
  const workItem = { getWorkflowData: () => workflowData }
  const scope = { workflowData, graniteWorkflowData: workflowData, workItem, metaDataMap: metadata, log: { info: () => undefined } }
  const java = 'String.prototype.equals = function (other) { return String(this) === other }'
  return Boolean(runInNewContext(`${java}; ${script}\n${script.includes('function') ? 'check()' : ''}`, scope))
}

function runCel(script: string, data: { readonly [name: string]: JsonValue }, path: string): JsonValue {
  const uses: Uses = new Map()
  const rule = translateRule(script, uses)
  if (rule.kind !== 'cel' || typeof rule.rule !== 'string') throw new Error(`${script} is ${rule.kind}`)
  const compiled = compileExpression(rule.rule, { data: schemas(uses), payload: 'path' }, 'boolean')
  expect(compiled.problems).toEqual([])
  return compiled.evaluate({ data, payload: { path }, initiator: 'ana', instance: { id: 'i', title: 't' }, nowMs: 0 })
}

function schemas(uses: Uses): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries([...uses].map(([name, type]) => [name, schemaOfUse(type)]))
}

function defined(values: { readonly [name: string]: JsonValue | undefined }): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
}

function jsOf(rule: TranslatedRule): string {
  return rule.kind === 'manual' && typeof rule.rule === 'object' ? rule.rule.js : ''
}
