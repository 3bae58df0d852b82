import { type CheckedModel, checkModel, type Model, type Problem, parseModel, validateModel } from '@millrace/model'
import { describe, expect, test } from 'vitest'

interface Written {
  readonly head?: string
  readonly nodes: readonly string[]
}

function check({ head = '', nodes }: Written): CheckedModel {
  return checkModel(`id: test\n${head}nodes:\n${nodes.map((node) => `  - ${node}`).join('\n')}\n`)
}

/** Problems as one line each, without their places. */
function told(written: Written): readonly string[] {
  return check(written).problems.map(sentence)
}

function sentence({ severity, code, message, hint }: Problem): string {
  return `${severity === 'warning' ? 'warning ' : ''}${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`
}

const step = (id: string, next: string): string => `{ id: ${id}, type: process, task: log, next: ${next} }`
const ask = (id: string, more: string): string => `{ id: ${id}, type: participant, assign: initiator, ${more} }`

describe('the shape of a model', () => {
  test('a node that nothing leads to, and one that leads nowhere', () => {
    expect(told({ nodes: [step('a', 'end'), step('b', 'c'), step('c', 'b')] })).toEqual([
      'NODE_UNREACHABLE: No path from the start leads to b. Lead a transition to it, or remove it.',
      'NODE_UNREACHABLE: No path from the start leads to c. Lead a transition to it, or remove it.',
    ])
    expect(told({ nodes: [step('a', 'b'), step('b', 'a')] })).toEqual([
      'NODE_NO_WAY_OUT: No path leads from a to an end. Lead a way out of the loop to end.',
      'NODE_NO_WAY_OUT: No path leads from b to an end. Lead a way out of the loop to end.',
    ])
    expect(told({ nodes: [step('a', 'end'), '{ id: done, type: end }'] })).toEqual([
      'NODE_UNREACHABLE: Nothing leads to done. Lead a transition to it, or remove it.',
    ])
  })

  test('an end that leads on', () => {
    expect(told({ nodes: [step('a', 'done'), '{ id: done, type: end, next: a }'] })).toEqual([
      'END_CONTINUES: End done cannot go on. Remove next.',
    ])
  })

  test('a split with one branch', () => {
    expect(told({ nodes: ['{ id: a, type: and-split, branches: [end] }'] })).toContain(
      'BRANCHES_TOO_FEW: a has one branch; a split needs two. Add a branch, or remove the split.',
    )
  })

  test('a route named twice cannot be written, but made by a program', () => {
    const model = parseModel('id: t\nnodes: [{ id: a, type: participant, assign: initiator, routes: { x: end, y: end } }]').model as Model
    const renamed = {
      ...model,
      transitions: model.transitions.map((transition) =>
        transition.route === undefined ? transition : { ...transition, route: { name: 'x' } },
      ),
    }
    expect(validateModel(renamed)).toMatchObject([{ code: 'ROUTE_DUPLICATE', path: 'transitions/2', node: 'a' }])
  })
})

describe('branches', () => {
  const two = [step('a', 'end'), step('b', 'end')]

  test('after one that is always taken are never taken', () => {
    expect(told({ nodes: ['{ id: o, type: or-split, branches: [a, { when: initiator == "ana", to: b }] }', ...two] })).toEqual([
      'warning BRANCH_NEVER_TAKEN: The branch of o to b is never taken: the one to a before it has no rule. Give the earlier one a rule, or put it last.',
    ])
  })

  test('that may all be false are warned of', () => {
    expect(
      told({
        nodes: ['{ id: o, type: or-split, branches: [{ when: initiator == "x", to: a }, { when: initiator == "y", to: b }] }', ...two],
      }),
    ).toEqual([
      'warning BRANCH_MAY_BE_MISSING: When no rule of o is true, the instance stops with the incident NO_BRANCH. Add { default: true, to: … }.',
    ])
  })

  test('have one default at most, without a rule', () => {
    expect(
      told({ nodes: ['{ id: o, type: or-split, branches: [{ default: true, to: a }, { default: true, when: "true", to: b }] }', ...two] }),
    ).toEqual([
      'warning RULE_MISPLACED: The default branch of o has a rule that is never asked. Remove when, or default.',
      'DEFAULT_MANY: o has more than one default. Keep one.',
    ])
  })

  test('of an and-split are all taken, so they have neither rule nor default', () => {
    expect(told({ nodes: ['{ id: f, type: and-split, branches: [{ when: "true", to: a }, { default: true, to: b }] }', ...two] })).toEqual([
      'RULE_MISPLACED: The rule from f to a is never asked. Rules belong on branches of an or-split.',
      'DEFAULT_MISPLACED: f chooses nothing, so it has no default. Remove default.',
    ])
  })

  test('of a goto: the jump has a rule, the way past it has none', () => {
    expect(told({ nodes: [step('a', 'g'), '{ id: g, type: goto, to: a, next: end }'] })).toContain(
      'BRANCH_NEVER_TAKEN: g always jumps, so end is never reached from it. Give the jump a rule (when:), or remove next.',
    )
  })
})

describe('joins that count', () => {
  const branches = ['{ id: f, type: and-split, branches: [a, b] }', step('a', 'j'), step('b', 'j')]

  test('need no more than arrive', () => {
    expect(told({ nodes: [...branches, '{ id: j, type: and-join, need: 3, next: end }'] })).toContain(
      'JOIN_NEED: j needs 3 branches, but 2 arrive. Write need: 1 to 2, or leave it out to wait for all.',
    )
  })

  test('need a block whose rest they can withdraw', () => {
    const nodes = [
      '{ id: f, type: and-split, branches: [a, b] }',
      ask('a', 'routes: { on: j, out: end }'),
      step('b', 'j'),
      '{ id: j, type: and-join, need: 1, next: end }',
    ]
    expect(told({ nodes })).toContain(
      'JOIN_NEEDS_BLOCK: j withdraws the branches that are left, but no and-split opens exactly the branches it joins. Begin all its branches at one and-split, and let nothing else enter or leave them.',
    )
    expect(told({ nodes: [...branches, '{ id: j, type: and-join, need: 1, next: end }'] })).toEqual([])
  })
})

describe('a transient model', () => {
  const head = 'transient: true\n'

  test('has no goto', () => {
    expect(told({ head, nodes: [step('a', 'g'), '{ id: g, type: goto, to: a, when: "false", next: end }'] })).toEqual([
      'TRANSIENT_GOTO: A transient model cannot have the goto g. Use an or-split with a branch that leads back, or remove transient: true.',
    ])
  })

  test.each([
    [ask('a', 'next: end'), 'it waits for a person'],
    ['{ id: a, type: wait, for: 1h, next: end }', 'it waits'],
    ['{ id: a, type: process, task: log, callback: true, next: end }', 'it waits for somebody outside'],
    ['{ id: a, type: container, workflow: b, next: end }', 'it waits for another instance'],
  ])('gains nothing when its first step ends that: %s', (node, reason) => {
    expect(told({ head, nodes: [node] })).toEqual([
      `warning TRANSIENT_PERSISTS: The model is transient, but every instance becomes persistent at its first step a: ${reason}. Remove transient: true.`,
    ])
  })

  test('gains nothing with locks', () => {
    expect(told({ head: `${head}locks: printer\n`, nodes: [step('a', 'end')] })).toEqual([
      'warning TRANSIENT_PERSISTS: The model is transient, but its locks make every instance persistent from the start. Remove transient: true or the locks.',
    ])
  })
})

describe('containers', () => {
  const container = (workflow: string): string => `id: test\nnodes: [{ id: a, type: container, workflow: ${workflow}, next: end }]`
  const other = (id: string, workflow: string): [string, Model] => [
    id,
    parseModel(`id: ${id}\nnodes: [{ id: a, type: container, workflow: ${workflow}, next: end }]`).model as Model,
  ]

  test('do not start their own model', () => {
    expect(checkModel(container('test')).problems.map(sentence)).toEqual([
      'CONTAINER_CYCLE: a starts instances in a circle: test → test. Lead back inside the model with a loop instead.',
    ])
  })

  test('do not come back by other models', () => {
    const others = new Map([other('one', 'two'), other('two', 'test'), other('three', 'three')])
    expect(checkModel(container('one'), { others }).problems.map(sentence)).toEqual([
      'CONTAINER_CYCLE: a starts instances in a circle: test → one → two → test. Lead back inside the model with a loop instead.',
    ])
    expect(checkModel(container('three'), { others }).problems).toEqual([])
  })

  test('start what exists, where that is known', () => {
    const others = new Map([['invoice', undefined]])
    expect(checkModel(container('invoise'), { others }).problems.map(sentence)).toEqual([
      'warning CONTAINER_UNKNOWN: a starts invoise, but there is no such workflow. Did you mean invoice?',
    ])
    expect(checkModel(container('invoice'), { others }).problems).toEqual([])
    expect(checkModel(container('invoise')).problems).toEqual([])
  })
})

describe('deadlines', () => {
  test.each([
    [
      '{ id: a, type: or-join, timeout: { after: 1d, then: fail }, next: end }',
      'TIMEOUT_MISPLACED: a never waits, so it cannot be late. Deadlines belong to participants, waits, containers and processes with callback: true.',
    ],
    [
      '{ id: a, type: process, task: t, timeout: { after: 1d, then: fail }, next: end }',
      'warning TIMEOUT_MISPLACED: The deadline of a counts its retries too. To limit one try, use attemptTimeout.',
    ],
    [
      '{ id: a, type: wait, for: 1d, timeout: { after: 1d, then: remind }, next: end }',
      'TIMEOUT_HANDLER: a waits for no person, so it cannot remind. Use route, run or fail.',
    ],
    [
      ask('a', 'next: end, timeout: { after: 1d, every: 1h, then: fail }'),
      'TIMEOUT_HANDLER: fail happens once; every is for remind and run. Remove every.',
    ],
    [
      ask('a', 'routes: { yes: end, no: end }, timeout: { after: 1d, then: { route: yess } }'),
      'ROUTE_UNKNOWN: a has no route yess. Did you mean yes?',
    ],
    [
      ask('a', 'routes: { yes: end, no: end }, timeout: { after: 1d, then: route }'),
      'TIMEOUT_NO_ROUTE: a has 2 routes and no default for the deadline to take. Name one: then: { route: … }, or mark one with default: true.',
    ],
  ])('%s', (node, expected) => {
    expect(told({ nodes: [node] })).toEqual([expected])
  })

  test.each([
    ask('a', 'next: end, timeout: { after: 1d, then: route }'),
    ask('a', 'routes: { yes: { to: end, default: true }, no: end }, timeout: { after: 1d, then: route }'),
    '{ id: a, type: wait, callback: true, timeout: { after: 1d, then: route }, next: end }',
    '{ id: a, type: process, task: t, callback: true, timeout: [{ after: 1d, every: 1h, then: { run: log } }, { after: 2d, then: fail }], next: end }',
  ])('may stand: %s', (node) => {
    expect(told({ nodes: [node] })).toEqual([])
  })
})

describe('a deadline that hands an item on', () => {
  test.each([
    ['{ reassign: { task: choose } }', 'A deadline finds people at once; no task can be asked.'],
    ['{ escalate: { choose: { js: "return []" } } }', 'A deadline finds people at once; no JavaScript can be asked.'],
  ])('cannot ask for people: %s', (then, message) => {
    const { problems } = check({ nodes: [ask('a', `next: end, timeout: { after: 1d, then: ${then} }`)] })
    expect(problems).toMatchObject([{ code: 'TIMEOUT_HANDLER', severity: 'error', message, hint: expect.stringContaining('CEL rule') }])
  })

  test('may name them or choose them by a CEL rule', () => {
    expect(told({ nodes: [ask('a', 'next: end, timeout: { after: 1d, then: { reassign: { choose: initiator } } }')] })).toEqual([])
  })
})

describe('expressions', () => {
  const head = 'payload: path\ndata: { amount: number, due: string }\n'

  test('are checked wherever they stand, each at its own place', () => {
    const nodes = [
      ask(
        'p',
        'title: "{{ data.a1 }}", itemDescription: "x {{ data.a2 }}", due: data.a3, next: c, timeout: [{ at: data.a4, then: { reassign: { choose: data.a5 } } }, { after: 1d, then: { run: t, with: { x: ["{{ data.a6 }}"] } } }]',
      ),
      '{ id: c, type: participant, assign: { choose: data.b1 }, next: t }',
      '{ id: t, type: participant, assign: { task: t, with: { x: "{{ data.b2 }}" } }, next: r }',
      '{ id: r, type: process, task: log, with: { a: { b: "{{ data.c1 }}" } }, next: k }',
      '{ id: k, type: container, workflow: w, payload: "{{ data.d1 }}", with: { x: "{{ data.d2 }}" }, next: w }',
      '{ id: w, type: wait, for: "{{ data.e1 }}", next: x }',
      '{ id: x, type: wait, until: data.e2, next: m }',
      '{ id: m, type: wait, message: paid, key: "{{ data.e3 }}", next: o }',
      '{ id: o, type: or-split, branches: [{ when: data.f1, to: g }, { when: { js: "anything(" }, to: end }, { default: true, to: end }] }',
      '{ id: g, type: goto, to: p, when: data.f2, next: end }',
    ]
    const { problems } = check({ head: `${head}locks: ["x{{ data.g1 }}"]\n`, nodes })
    expect(problems.every(({ code }) => code === 'EXPRESSION_UNDECLARED')).toBe(true)
    expect(problems.map(({ message }) => /data\.(\w+)/.exec(message)?.[1] ?? '').sort((a, b) => a.localeCompare(b))).toEqual([
      'a1',
      'a2',
      'a3',
      'a4',
      'a5',
      'a6',
      'b1',
      'b2',
      'c1',
      'd1',
      'd2',
      'e1',
      'e2',
      'e3',
      'f1',
      'f2',
      'g1',
    ])
    const lines = `id: test\n${head}locks: ["x{{ data.g1 }}"]\nnodes:\n${nodes.map((node) => `  - ${node}`).join('\n')}\n`.split('\n')
    for (const { line, column, message } of problems) {
      const name = /data\.(\w+)/.exec(message)?.[1] ?? '?'
      expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^${name}\\b`))
    }
  })

  test.each([
    [
      '{ id: a, type: or-split, branches: [{ when: data.amount, to: end }, { default: true, to: end }] }',
      'EXPRESSION_TYPE: The expression must give true or false, but gives number.',
    ],
    [
      '{ id: a, type: wait, until: data.amount, next: end }',
      'EXPRESSION_TYPE: The expression must give a timestamp or an ISO date text, but gives number.',
    ],
    [
      '{ id: a, type: participant, assign: { choose: data.amount }, next: end }',
      'EXPRESSION_TYPE: The expression must give "user:name", "group:name" or a list of them, but gives number.',
    ],
    [ask('a', 'due: 3x, next: end'), expect.stringContaining('EXPRESSION_SYNTAX')],
  ])('must give what is needed: %s', (node, expected) => {
    expect(told({ head, nodes: [node] })).toEqual([expected])
  })
})

describe('data', () => {
  const head = 'data: { total: number }\n'

  test('that steps write is declared', () => {
    expect(
      told({
        head,
        nodes: [
          '{ id: a, type: process, task: t, result: totl, next: b }',
          '{ id: b, type: process, task: data.set, with: { total: 1, other: 2 }, next: c }',
          ask('c', 'next: end, form: { properties: { total: {}, why: {} } }'),
        ],
      }),
    ).toEqual([
      'warning RESULT_UNDECLARED: a writes data totl, which is not declared: no rule can read it. Did you mean total?',
      'warning RESULT_UNDECLARED: b writes data other, which is not declared: no rule can read it. Declare it: data: { other: { type: string } }.',
      'warning RESULT_UNDECLARED: The answer why of c is only kept in the history: data why is not declared. Declare it: data: { why: { type: string } }.',
    ])
  })

  test.each([
    ['data: { a: { type: strng } }\n', 'SCHEMA_INVALID: A JSON Schema has no type "strng". Did you mean string?'],
    [
      'data: { a: { street: { type: string }, city: { type: string } } }\n',
      'SCHEMA_INVALID: This is a list of fields, not a JSON Schema. Write { type: object, properties: { street: … } }.',
    ],
    [
      'data: { a: { type: object, properties: { b: { type: text } } } }\n',
      'SCHEMA_INVALID: A JSON Schema has no type "text". Types are string, number, integer, boolean, object, array, null.',
    ],
    [
      'data: { a: { type: object, required: true } }\n',
      'SCHEMA_INVALID: required of a JSON Schema must be a list of names. It stands beside properties, not inside one.',
    ],
    ['data: { a: { type: array, items: 5 } }\n', 'SCHEMA_INVALID: A JSON Schema must be a map.'],
    [
      'payload: path\npayloadSchema: { type: object }\n',
      'SCHEMA_INVALID: payloadSchema is for JSON payloads, but the payload is path. Write payload: json, or remove payloadSchema.',
    ],
  ])('%s', (schemas, expected) => {
    expect(told({ head: schemas, nodes: [step('a', 'end')] })).toEqual([expected])
  })
})

describe('names of people, stages and titles', () => {
  test.each([
    ['starters: [authors]\n', step('a', 'end'), 'ASSIGN_INVALID: authors names nobody. Write user:authors or group:authors.'],
    [
      '',
      ask('a', 'exclude: ana, next: end'),
      'EXCLUDE_UNKNOWN: ana excludes nobody. Write initiator, user:name or step:node-id (who decided there).',
    ],
    [
      '',
      ask('a', 'exclude: step:b, next: end'),
      'EXCLUDE_UNKNOWN: step:b excludes who decided at b, but that is no participant. Use one of: a.',
    ],
    [
      'stages: [Draft, Review]\n',
      '{ id: a, type: process, task: t, stage: Reviw, next: end }',
      'STAGE_UNKNOWN: a belongs to the stage Reviw, which is not declared. Did you mean Review?',
    ],
    [
      '',
      '{ id: a, type: process, task: t, title: "Do {{ initiator }}", next: end }',
      'warning TITLE_IS_TEMPLATE: The title of a is shown with its braces. Only titles of participants may be templates.',
    ],
  ])('%s%s', (head, node, expected) => {
    expect(told({ head, nodes: [node] })).toEqual([expected])
  })

  test('exclusions that are right', () => {
    expect(told({ nodes: [ask('a', 'next: b'), ask('b', 'exclude: [initiator, user:ana, step:a], next: end')] })).toEqual([])
  })
})

describe('a model made by a program', () => {
  const model = parseModel('id: t\nnodes: [{ id: a, type: process, task: t, next: end }]').model as Model

  test.each<[string, Partial<Model>]>([
    ['START_MISPLACED', { nodes: model.nodes.slice(1) }],
    ['NODE_NO_WAY_OUT', { nodes: model.nodes.slice(0, 2) }],
    ['TARGET_UNKNOWN', { transitions: [{ from: 'a', to: 'b' }] }],
    ['TARGET_START', { transitions: [{ from: 'a', to: 'start' }] }],
    ['NODE_ID_DUPLICATE', { nodes: [...model.nodes, ...model.nodes.slice(1, 2)] }],
    ['ID_INVALID', { nodes: [...model.nodes, { id: '__proto__', type: 'end', title: 'x' }] }],
  ])('is refused as a graph first: %s', (code, change) => {
    expect(validateModel({ ...model, ...change }).map((finding) => finding.code)).toContain(code)
  })

  test.each<[string, Partial<Model>]>([
    ['NEXT_MISSING', { transitions: model.transitions.slice(0, 1) }],
    ['NEXT_MANY', { transitions: [...model.transitions, { from: 'a', to: 'end' }] }],
    ['END_CONTINUES', { transitions: [...model.transitions, { from: 'end', to: 'a' }] }],
    [
      'ROUTE_MISPLACED',
      {
        transitions: [
          { from: 'start', to: 'a' },
          { from: 'a', to: 'end', route: { name: 'x' } },
        ],
      },
    ],
    ['DURATION_INVALID', { retention: '90d' }],
    ['DURATION_INVALID', { nodes: model.nodes.map((node) => (node.type === 'process' ? { ...node, attemptTimeout: '30s' } : node)) }],
  ])('keeps the same rules: %s', (code, change) => {
    expect(validateModel({ ...model, ...change }).map((finding) => finding.code)).toEqual([code])
  })
})
