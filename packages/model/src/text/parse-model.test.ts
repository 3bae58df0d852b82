import { readFileSync } from 'node:fs'
import { type Model, type Problem, parseModel, positionAt } from '@millrace/model'
import { describe, expect, test } from 'vitest'

/** A whole model around some nodes; each line given is one node, on lines 3, 4, … */
function around(...nodes: readonly string[]): string {
  return `id: test\nnodes:\n${nodes.map((node) => `  - ${node}`).join('\n')}\n`
}

function parsed(text: string): Model {
  const { model, problems } = parseModel(text)
  expect(problems).toEqual([])
  if (model === undefined) throw new Error('No model without problems')
  return model
}

function problemsOf(text: string): readonly string[] {
  return parseModel(text).problems.map(shown)
}

function shown({ line, column, code, message, hint }: Problem): string {
  return `${line}:${column} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`
}

describe('a text of a model', () => {
  test('may be as short as a name and one node', () => {
    expect(parsed('id: hello\nnodes:\n  - { id: greet, type: process, task: log, next: end }')).toEqual({
      id: 'hello',
      title: 'Hello',
      language: 1,
      payload: 'none',
      data: {},
      nodes: [
        { id: 'start', type: 'start', title: 'Start' },
        { id: 'greet', type: 'process', title: 'Greet', task: 'log', autoAdvance: true },
        { id: 'end', type: 'end', title: 'End' },
      ],
      transitions: [
        { from: 'start', to: 'greet' },
        { from: 'greet', to: 'end' },
      ],
    })
  })

  test('may be JSON, with tabs', () => {
    const json = '{\n\t"id": "hello",\n\t"nodes": [\n\t\t{ "id": "greet", "type": "process", "task": "log", "next": "end" }\n\t]\n}'
    expect(parsed(json)).toEqual(parsed('id: hello\nnodes:\n  - { id: greet, type: process, task: log, next: end }'))
  })

  test('the example of the documentation is read as it looks', () => {
    const model = parsed(readFileSync(new URL('../../../../examples/publish-page/publish-page.yaml', import.meta.url), 'utf8'))
    expect(model.nodes.map(({ id, type, title }) => `${type} ${id}: ${title}`)).toEqual([
      'start start: Start',
      'participant review: Review',
      'participant rework: Rework',
      'process publish: Publish the page',
      'process announce: Announce it',
      'end end: End',
    ])
    expect(model.transitions.map(({ from, to, route }) => `${from} ${route?.name ?? ''}→ ${to}`)).toEqual([
      'start → review',
      'review approve→ publish',
      'review reject→ rework',
      'rework → review',
      'publish → announce',
      'announce → end',
    ])
    expect(model.nodes[1]).toMatchObject({
      itemTitle: 'Review {{ payload.path }}',
      due: 'P1D',
      timeouts: [{ after: 'P2D', every: 'P1D', then: { kind: 'remind' } }],
    })
  })

  test('the head may say everything about the model', () => {
    const head = `id: m
title: Model
description: What it is for
language: 1
payload: json
payloadSchema: { type: object }
data: { reason: string, amount: { type: number } }
transient: true
locks: printer
multiResource: false
tags: [a, b]
stages: [Draft, Done]
starters: "group:authors"
retention: 90d
imported: { from: aem-design, file: a.xml, metadata: { "cq:x": "1", list: [a, b] } }
nodes: [{ id: a, type: process, task: log, next: end }]`
    expect(parsed(head)).toMatchObject({
      title: 'Model',
      description: 'What it is for',
      payload: 'json',
      payloadSchema: { type: 'object' },
      data: { reason: { type: 'string' }, amount: { type: 'number' } },
      transient: true,
      locks: ['printer'],
      multiResource: false,
      tags: ['a', 'b'],
      stages: ['Draft', 'Done'],
      starters: ['group:authors'],
      retention: 'P90D',
      imported: { from: 'aem-design', file: 'a.xml', metadata: { 'cq:x': '1', list: ['a', 'b'] } },
    })
  })
})

describe('a node of the text', () => {
  const next = 'next: end'

  test.each([
    ['user:ana', { kind: 'user', user: 'ana' }],
    ['group:a b', { kind: 'group', group: 'a b' }],
    ['initiator', { kind: 'initiator' }],
    ['[user:ana, group:editors, user:bo]', { kind: 'candidates', users: ['ana', 'bo'], groups: ['editors'] }],
    ['{ choose: "\'user:\' + initiator" }', { kind: 'rule', rule: "'user:' + initiator" }],
    ['{ choose: { js: "return 1" } }', { kind: 'rule', rule: { js: 'return 1' } }],
    ['{ task: choose, with: { team: a } }', { kind: 'task', task: 'choose', with: { team: 'a' } }],
    ['{ task: choose }', { kind: 'task', task: 'choose', with: {} }],
  ])('participant may be assigned %s', (assign, expected) => {
    expect(parsed(around(`{ id: a, type: participant, assign: ${assign}, ${next} }`)).nodes[1]).toMatchObject({ assign: expected })
  })

  test('participant may have routes with words, looks and forms of their own', () => {
    const model = parsed(
      around(
        '{ id: a, type: participant, assign: initiator, routes: { yes: end, no: { to: a, label: Nope, style: danger, commentRequired: true, default: true, form: { type: object } } } }',
      ),
    )
    expect(model.transitions.slice(1)).toEqual([
      { from: 'a', to: 'end', route: { name: 'yes' } },
      {
        from: 'a',
        to: 'a',
        default: true,
        route: { name: 'no', label: 'Nope', style: 'danger', commentRequired: true, form: { type: 'object' } },
      },
    ])
  })

  test.each([
    ['{ after: 2d, then: remind, every: 1d }', { after: 'P2D', every: 'P1D', then: { kind: 'remind' } }],
    ['{ at: timestamp(data.due), then: fail }', { at: 'timestamp(data.due)', then: { kind: 'fail' } }],
    [
      '{ after: 2d, then: { reassign: group:chiefs } }',
      { after: 'P2D', then: { kind: 'reassign', to: { kind: 'group', group: 'chiefs' } } },
    ],
    [
      '{ after: 2d, then: { escalate: [user:a, user:b] } }',
      { after: 'P2D', then: { kind: 'escalate', to: { kind: 'candidates', users: ['a', 'b'], groups: [] } } },
    ],
    ['{ after: 2d, then: { route: yes } }', { after: 'P2D', then: { kind: 'route', route: 'yes' } }],
    ['{ after: 2d, then: route }', { after: 'P2D', then: { kind: 'route' } }],
    [
      '{ after: 2d, then: { run: log, with: { message: late } } }',
      { after: 'P2D', then: { kind: 'run', task: 'log', with: { message: 'late' } } },
    ],
  ])('may be late: %s', (timeout, expected) => {
    expect(parsed(around(`{ id: a, type: participant, assign: initiator, timeout: ${timeout}, ${next} }`)).nodes[1]).toMatchObject({
      timeouts: [expected],
    })
    const twice = `[${timeout}, ${timeout}]`
    expect(parsed(around(`{ id: a, type: participant, assign: initiator, timeout: ${twice}, ${next} }`)).nodes[1]).toMatchObject({
      timeouts: [expected, expected],
    })
  })

  test.each([
    ['for: 1h30m', { kind: 'duration', duration: 'PT1H30M' }],
    ['for: "{{ data.pause }}"', { kind: 'duration', duration: '{{ data.pause }}' }],
    ['until: now', { kind: 'date', date: 'now' }],
    ['message: paid, key: "{{ instance.id }}"', { kind: 'message', name: 'paid', key: '{{ instance.id }}' }],
    ['callback: true', { kind: 'callback' }],
  ])('wait may wait %s', (what, until) => {
    expect(parsed(around(`{ id: a, type: wait, ${what}, ${next} }`)).nodes[1]).toMatchObject({ until })
  })

  test('process may retry, poll and wait for its callback', () => {
    const node =
      '{ id: a, type: process, task: t, retry: { attempts: 3, initial: 2s, nonRetryable: NO }, attemptTimeout: 30s, poll: { period: 5s }, callback: true, next: end }'
    expect(parsed(around(node)).nodes[1]).toMatchObject({
      autoAdvance: false,
      retry: { attempts: 3, initial: 'PT2S', nonRetryable: ['NO'] },
      attemptTimeout: 'PT30S',
      poll: { period: 'PT5S' },
    })
  })

  test('splits, joins, gotos and containers lead where they say, in the order written', () => {
    const model = parsed(
      around(
        '{ id: s, type: or-split, branches: [{ when: data.x > 1, to: f }, { when: { js: return 1 }, to: g }, { default: true, to: end }] }',
        '{ id: f, type: and-split, branches: [g, c] }',
        '{ id: g, type: goto, to: s, when: initiator == "ana", next: j }',
        '{ id: c, type: container, workflow: other, version: 3, payload: "{{ payload }}", with: { a: 1 }, result: r, next: j }',
        '{ id: j, type: and-join, need: 2, next: o }',
        '{ id: o, type: or-join, next: end }',
      ),
    )
    expect(model.transitions.map(({ from, to, rule, default: isDefault }) => [from, to, rule, isDefault])).toEqual([
      ['start', 's', undefined, undefined],
      ['s', 'f', 'data.x > 1', undefined],
      ['s', 'g', { js: 'return 1' }, undefined],
      ['s', 'end', undefined, true],
      ['f', 'g', undefined, undefined],
      ['f', 'c', undefined, undefined],
      ['g', 's', 'initiator == "ana"', undefined],
      ['g', 'j', undefined, undefined],
      ['c', 'j', undefined, undefined],
      ['j', 'o', undefined, undefined],
      ['o', 'end', undefined, undefined],
    ])
    expect(model.nodes[4]).toMatchObject({ workflow: 'other', version: 3, payload: '{{ payload }}', with: { a: 1 }, result: 'r' })
  })

  test('start and end may be named', () => {
    const model = parsed(
      around(
        '{ id: begin, type: start, title: Submitted, next: a }',
        '{ id: a, type: process, task: log, next: done }',
        '{ id: done, type: end, title: Published }',
      ),
    )
    expect(model.nodes.map(({ id, title }) => [id, title])).toEqual([
      ['begin', 'Submitted'],
      ['a', 'A'],
      ['done', 'Published'],
    ])
  })

  test('anchors and aliases may say something once', () => {
    const text =
      'id: t\nnodes:\n  - { id: a, type: process, task: log, retry: &often { attempts: 5 }, next: b }\n  - { id: b, type: process, task: log, retry: *often, next: end }'
    expect(parsed(text).nodes[2]).toMatchObject({ retry: { attempts: 5 } })
  })
})

describe('problems of a text', () => {
  test('are reported all at once, each with its place and what to do', () => {
    const text = `id: 9bad id
titel: x
payload: pth
data: { reason: strng, a: { type: string }, a: number }
nodes:
  - { id: review, type: particpant, assign: "editors" }
  - { id: rework, type: participant, assign: editors, next: reviw, timeout: { afer: 2d, then: remnd } }
  - { id: a, type: process, retry: { attempts: 0 }, next: [b], bogus: 1 }
  - { id: a, type: process, task: log }
  - { id: w, type: wait, for: 1x, until: now, next: end }
  - { type: or-split, branches: [{ when: "data.x > 1", too: a }, 5] }
  - hello
`
    expect(problemsOf(text)).toMatchInlineSnapshot(`
      [
        "1:5 ID_INVALID: "9bad id" cannot be the id of the model. Write bad-id.",
        "2:1 KEY_UNKNOWN: titel is not known in the model. Did you mean title?",
        "3:10 VALUE_INVALID: payload of the model cannot be pth. Did you mean path?",
        "4:17 SCHEMA_INVALID: data reason must be a JSON Schema, not strng. Write { type: string }; types are string, number, integer, boolean, object, array.",
        "4:45 KEY_DUPLICATE: a stands twice here. Keep one of them.",
        "6:25 NODE_TYPE_UNKNOWN: There is no node type particpant. Did you mean participant?",
        "7:46 ASSIGN_INVALID: editors names nobody. Write user:editors or group:editors.",
        "7:61 TARGET_UNKNOWN: rework leads to reviw, but there is no such node. Did you mean review?",
        "7:77 KEY_MISSING: A timeout needs after or at. after is a duration (P2D), at a CEL date (timestamp(data.deadline)).",
        "7:79 KEY_UNKNOWN: afer is not known in a timeout. Did you mean after?",
        "7:95 TIMEOUT_HANDLER: then cannot be remnd alone. Did you mean remind?",
        "8:5 KEY_MISSING: Node a needs task. Name the task it runs, log for example.",
        "8:48 VALUE_INVALID: attempts of retry of node a must be an integer from 1 to 1000, not 0.",
        "8:59 NEXT_MANY: next names one node. For all at once put an and-split between, for one of them an or-split.",
        "8:64 KEY_UNKNOWN: bogus is not known in node a. It may have: id, type, title, description, stage, timeout, metadata, maxPasses, task, with, result, retry, attemptTimeout, poll, callback, next.",
        "9:5 NEXT_MISSING: The node does not say where it goes on. Add next: with the id of a node, or next: end.",
        "9:5 NODE_ID_DUPLICATE: Two nodes have the id a. The first is on line 8. Give one another id.",
        "10:5 KEY_CONFLICT: A wait has for and until; it waits for one thing.",
        "10:31 DURATION_INVALID: for of node w is no duration: 1x. Write ISO 8601 (P2D, PT90M) or short (2d, 1h30m).",
        "11:5 KEY_MISSING: Node #6 needs id.",
        "11:34 KEY_MISSING: Branch 1 needs to. Name the node this branch leads to.",
        "11:56 KEY_UNKNOWN: too is not known in branch 1. Did you mean to?",
        "11:66 TARGET_UNKNOWN: #6 leads to 5, but there is no such node. Add a node with id 5, or correct the name.",
        "12:5 VALUE_TYPE: Node 7 must be a map, not text. Write - { id: review, type: participant, … }.",
      ]
    `)
  })

  test.each([
    ['an empty text', '', 'TEXT_NOT_A_MODEL'],
    ['a list', '- a', 'TEXT_NOT_A_MODEL'],
    ['an open bracket', 'a: [', 'TEXT_SYNTAX'],
    ['a tab as indent', '\ta: 1', 'TEXT_SYNTAX'],
    ['two documents', 'id: a\n---\nid: b', 'TEXT_SYNTAX'],
    ['an alias without its anchor', 'id: *gone', 'TEXT_SYNTAX'],
    ['JSON with a brace too many', '{ "id": "a", }}', 'TEXT_SYNTAX'],
    ['a tag of a program', 'id: !!js/function x\nnodes: []', 'TEXT_SYNTAX'],
    ['a map as key', '? { a: 1 }\n: b', 'TEXT_SYNTAX'],
    ['a text beyond the limit', `id: ${'x'.repeat(500_000)}`, 'TEXT_TOO_LARGE'],
    ['a hundred thousand open brackets', '['.repeat(100_000), 'TEXT_TOO_DEEP'],
    ['nesting beyond the limit', `${'['.repeat(200)}${']'.repeat(200)}`, 'TEXT_TOO_DEEP'],
    ['an alias inside its own anchor', 'a: &a [*a]', 'TEXT_TOO_DEEP'],
    ['a key twice', 'id: a\nid: b', 'KEY_DUPLICATE'],
    ['not a number', 'id: a\nnodes: .nan', 'VALUE_TYPE'],
    ['semantics of a later release', 'id: a\nlanguage: 2', 'LANGUAGE_UNKNOWN'],
    ['an id every JavaScript object has', 'id: constructor', 'ID_INVALID'],
    ['data named like a prototype', 'id: a\ndata: { __proto__: string }', 'ID_INVALID'],
    ['no nodes', 'id: a\nnodes: []', 'NODES_EMPTY'],
  ])('%s is refused', (_, text, code) => {
    const { model, problems } = parseModel(text)
    expect(problems.map((problem) => problem.code)).toContain(code)
    expect(model).toBeUndefined()
  })

  test('a text without an id that can be one has a draft, but no id', () => {
    const nodes = 'nodes: [{ id: a, type: process, task: log, next: end }]'
    expect(parseModel(nodes)).toMatchObject({ draft: { nodes: [{}, { id: 'a' }, {}] } })
    expect(parseModel(nodes).id).toBeUndefined()
    expect(parseModel(`id: 7\n${nodes}`).id).toBeUndefined()
    expect(parseModel(`id: mine\n${nodes}`).id).toBe('mine')
  })

  test('an alias bomb ends at the limit, soon', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 12; i++) {
      const before = String.fromCharCode(96 + i)
      const name = String.fromCharCode(97 + i)
      lines.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`)
    }
    lines.push('id: bomb')
    const began = performance.now()
    // Only that: what else the text says was not read, and must not be called missing.
    expect(parseModel(lines.join('\n')).problems.map((problem) => problem.code)).toEqual(['TEXT_ALIASES'])
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('a hundred thousand keys are read without comparing each with every other', () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `key${i}: 1`).join('\n')
    const began = performance.now()
    const { problems } = parseModel(text)
    expect(problems).toHaveLength(200)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  test.each([
    [
      '{ id: a, type: process, task: log, next: b }',
      '3:46 TARGET_UNKNOWN: a leads to b, but there is no such node. Add a node with id b, or correct the name.',
    ],
    [
      '{ id: a, type: process, task: log, next: start }',
      '3:46 TARGET_START: a leads back into the start. Lead back to the first step instead.',
    ],
    [
      '{ id: end, type: process, task: log, next: end }',
      '3:5 NODE_ID_RESERVED: The id end is kept for the end of the model. Give this node another id.',
    ],
    ['{ id: a, type: process, task: log, next: }', '3:46 VALUE_TYPE: A transition of a must name a node, not nothing.'],
    [
      '{ id: a, type: task, next: end }',
      '3:20 NODE_TYPE_UNKNOWN: There is no node type task. Use process for automatic work, participant for a person.',
    ],
    ['{ id: a, assign: initiator, next: end }', '3:5 KEY_MISSING: Node a needs type. It looks like type: participant.'],
    [
      '{ id: a, type: participant, assign: "user:{{ data.x }}", next: end }',
      '3:41 ASSIGN_INVALID: user:{{ data.x }} names nobody. Choose by a rule instead of a template: { choose: "\'user:\' + data.reviewer" }.',
    ],
    ['{ id: a, type: participant, assign: initator, next: end }', '3:41 ASSIGN_INVALID: initator names nobody. Did you mean initiator?'],
    [
      '{ id: a, type: participant, assign: [], next: end }',
      '3:41 ASSIGN_INVALID: The list of candidates is empty. Name a user:… or a group:….',
    ],
    [
      '{ id: a, type: participant, assign: initiator, routes: { x: end }, next: end }',
      '3:72 KEY_CONFLICT: A participant has either routes or next, not both. Keep routes, each with its own target, or next alone.',
    ],
    [
      '{ id: a, type: wait, next: end }',
      '3:5 KEY_MISSING: A wait does not say what it waits for. for: a duration, until: a CEL date, message: a name, or callback: true.',
    ],
    [
      '{ id: a, type: goto, to: end, when: x }',
      '3:5 NEXT_MISSING: The node does not say where it goes on. Add next: with the id of a node, or next: end.',
    ],
    [
      '{ id: a, type: process, task: log, title: "", next: end }',
      '3:47 VALUE_TYPE: title of node a is empty. Give it a value, or remove title.',
    ],
    [
      '{ id: a, type: process, task: log, with: {{ data.x }}, next: end }',
      expect.stringContaining('A value that begins with {{ needs quotes'),
    ],
  ])('%s is told as a sentence', (node, expected) => {
    expect(problemsOf(around(node))).toContainEqual(expected)
  })

  test('one mistake in a node does not make every reference to it a second one', () => {
    expect(
      problemsOf(around('{ id: a, type: proces, task: log, next: b }', '{ id: b, type: process, task: log, next: a }')).map(
        (line) => line.split(':')[1],
      ),
    ).toEqual(['20 NODE_TYPE_UNKNOWN'])
  })

  test('a draft is still there for a live view, and says whether its graph is whole', () => {
    const typo = parseModel(around('{ id: a, type: process, task: log, titel: A, next: end }'))
    expect([typo.model, typo.draft?.nodes.length, typo.isGraphWhole]).toEqual([undefined, 3, true])
    const lost = parseModel(around('{ id: a, type: proces, task: log, next: end }'))
    expect([lost.model, lost.draft?.nodes.length, lost.isGraphWhole]).toEqual([undefined, 2, false])
  })
})

describe('places in a text', () => {
  const text =
    'id: t\nnodes:\n  - id: a\n    type: or-split\n    branches:\n      - { when: "data.x > 1", to: b }\n      - b\n  - { id: b, type: process, task: log, with: { message: hi }, next: end }\n'

  test('nodes and transitions know their line and column', () => {
    const { positions } = parseModel(text)
    expect(positions.nodes).toMatchObject({ a: { line: 3, column: 5 }, b: { line: 8, column: 5 } })
    expect(positions.transitions).toEqual([
      { line: 3, column: 5 },
      { line: 6, column: 35 },
      { line: 7, column: 9 },
      { line: 8, column: 69 },
    ])
  })

  test('an offset into a text that stands as it is written is an offset in its line', () => {
    const { positions } = parseModel(text)
    expect(positionAt(positions, 'transitions/1/rule', 5)).toEqual({ line: 6, column: 23 })
    expect(positionAt(positions, 'nodes/b/with/message')).toEqual({ line: 8, column: 57 })
  })

  test('a part that is not known has the place of what is around it', () => {
    const { positions } = parseModel(text)
    expect(positionAt(positions, 'nodes/b/with/other/deep')).toEqual({ line: 8, column: 46 })
    expect(positionAt(positions, 'no/such/place')).toEqual({ line: 1, column: 1 })
  })

  test('they are plain data', () => {
    const { positions } = parseModel(text)
    expect(JSON.parse(JSON.stringify(positions))).toEqual(positions)
  })
})
