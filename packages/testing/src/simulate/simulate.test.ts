import { checkModel, type Model } from '@millrace/model'
import { describe, expect, test } from 'vitest'
import { readScenarios, runScenario, type ScenarioResult } from './index.ts'

const modelOf = (text: string): Model => {
  const { model, problems } = checkModel(text, { file: 'test.yaml' })
  if (model === undefined) throw new Error(JSON.stringify(problems))
  return model
}

const REVIEW = modelOf(`
id: review
payload: path
data: { reason: { type: string }, answer: { type: object } }
nodes:
  - id: review
    type: participant
    assign: group:editors
    title: Review {{ payload.path }}
    routes: { approve: activate, reject: rework }
    timeout: { after: P2D, then: { reassign: group:chiefs } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: activate, type: process, task: http.request, with: { url: "https://live.example{{ payload.path }}" }, result: answer, retry: { attempts: 3, initial: PT10S, jitter: 0 }, next: end }
`)

const run = async (scenario: string, model = REVIEW): Promise<ScenarioResult> => {
  const { scenarios, problems } = readScenarios(scenario, { file: 'review.test.yaml' })
  expect(problems).toEqual([])
  const [only] = scenarios
  if (only === undefined) throw new Error('no scenario')
  return runScenario(model, only)
}

const problemsOf = (result: ScenarioResult): readonly string[] => result.problems.map(({ line, message }) => `${line}: ${message}`)

describe('a scenario', () => {
  test('plays decisions, results and time, and everything expected is checked', async () => {
    const result = await run(`
start: { payload: /content/a, by: bo }
steps:
  - { complete: review, route: reject, comment: typo }
  - expect: { items: [{ node: rework, for: user:bo }], open: [rework] }
  - complete: rework
  - wait: 1d
  - expect: { items: [{ node: review, title: Review /content/a, for: group:editors, routes: [approve, reject] }] }
  - { complete: review, route: approve, by: ana }
  - { task: activate, returns: { status: 200 } }
expect:
  status: COMPLETED
  data: { answer: { status: 200 } }
  nodes: [review, rework, review, activate]
  passed: [end]
  notPassed: [nowhere]
  incident: null
  tasks: [{ task: http.request, input: { url: "https://live.example/content/a" } }]
`)
    expect(problemsOf(result)).toEqual([])
    expect(result).toMatchObject({ ok: true, status: 'COMPLETED', open: [], data: { answer: { status: 200 } } })
    expect(result.history.map(({ type, node }) => `${type} ${node ?? ''}`.trim())).toEqual([
      'created',
      'opened review',
      'closed review',
      'opened rework',
      'closed rework',
      'opened review',
      'closed review',
      'opened activate',
      'closed activate',
      'passed end',
      'ended',
    ])
    expect(result.history.find(({ type }) => type === 'closed')).toMatchObject({
      by: 'somebody-in-editors',
      details: { route: 'reject', comment: 'typo' },
    })
  })

  test('what is due while time passes happens, at its own time', async () => {
    const result = await run(`
at: 2026-03-01T00:00:00Z
start: { payload: /a }
people: { editors: [ana], chiefs: [eve] }
steps:
  - wait: 47h
  - expect: { items: [{ node: review, for: group:editors }] }
  - wait: 2h
  - { complete: review, route: approve, by: eve }
expect: { status: COMPLETED, notified: [editors opened, chiefs reassigned] }
`)
    expect(problemsOf(result)).toEqual([])
    const reassigned = result.history.find(({ type }) => type === 'assigned')
    expect(reassigned?.atMs).toBe(Date.UTC(2026, 2, 3))
  })

  test('failures use up the retry policy with the time between the tries, down to the incident and its retry', async () => {
    const twice = await run(`
start: { payload: /a }
steps:
  - { complete: review, route: approve }
  - { task: activate, fails: 2, code: HTTP_STATUS }
expect: { status: COMPLETED, tasks: [http.request, http.request, http.request] }
`)
    expect(problemsOf(twice)).toEqual([])
    expect(twice.atMs).toBe(Date.UTC(2026, 0, 5, 9) + 10_000 + 20_000)
    const incident = await run(`
start: { payload: /a }
steps:
  - { complete: review, route: approve }
  - { task: http.request, fails: 3, code: HTTP_STATUS }
  - expect: { status: RUNNING, incident: { node: activate, code: HTTP_STATUS } }
  - { retry: activate }
expect: { status: COMPLETED, incident: null }
`)
    expect(problemsOf(incident)).toEqual([])
  })

  test('an expectation that fails says what it is and what it should be, at its line', async () => {
    const result = await run(`
start: { payload: /a, data: { reason: new } }
steps:
  - expect: { status: COMPLETED, data: { reason: old }, open: [activate] }
  - { complete: review, route: approve }
expect:
  nodes: [review]
`)
    expect(result.ok).toBe(false)
    expect(problemsOf(result)).toEqual([
      '4: status is "RUNNING", expected "COMPLETED".',
      '4: data.reason is "new", expected "old".',
      '4: what is open is ["review"], expected ["activate"].',
      '6: the way through the nodes is ["review","activate"], expected ["review"].',
    ])
  })

  test('a step the kernel refuses stops the scenario with its code and line', async () => {
    const result = await run(`
start: { payload: /a }
people: { editors: [ana], chiefs: [] }
steps:
  - { complete: review, route: approve, by: bo }
  - { complete: review, route: approve, by: ana }
`)
    expect(result.problems).toHaveLength(1)
    expect(result.problems[0]).toMatchObject({ code: 'STEP_REFUSED', line: 5 })
    expect(result.problems[0]?.message).toContain('step 1 (complete): NOT_CANDIDATE')
    expect(result.open).toEqual(['review'])
  })

  test.each([
    ['complete: activate', 'No step of activate waits for a person now.', 'Open are review (work-item).'],
    ['complete: nowhere', 'The model has no node nowhere.', 'Open are review (work-item).'],
    ['task: activate', 'No attempt of activate runs now.', 'Open are review (work-item).'],
    ['wait: soon', '"soon" is neither a duration nor a date.', 'Write 2d, PT1H or 2026-03-01T12:00:00Z.'],
    ['wait: 2020-01-01', '2020-01-01 is over: it is 2026-01-05T09:00:00.000Z now.', undefined],
  ])('%s says what is wrong and what there is', async (step, message, hint) => {
    const result = await run(`start: { payload: /a }\nsteps:\n  - ${step}\n`)
    expect(result.problems[0]).toMatchObject({ code: 'STEP_REFUSED', line: 3, message: expect.stringContaining(message) })
    expect(result.problems[0]?.hint).toBe(hint)
  })
})

describe('a draft with everything in it', () => {
  const MODEL = modelOf(`
id: everything
data: { n: integer, paid: object, child: object, big: boolean }
nodes:
  - { id: set, type: process, task: data.set, with: { n: 3 }, next: split }
  - { id: split, type: and-split, branches: [pause, ask, sub] }
  - { id: pause, type: wait, for: 1h, next: join }
  - { id: ask, type: wait, message: paid, key: "{{ data.n }}", result: paid, next: join }
  - { id: sub, type: container, workflow: other, result: child, next: join }
  - { id: join, type: and-join, next: choice }
  - id: choice
    type: or-split
    branches:
      - { when: { js: "data.child.n > 1" }, to: high }
      - { default: true, to: low }
  - { id: high, type: process, task: noop, next: both }
  - { id: low, type: process, task: noop, next: both }
  - { id: both, type: or-join, next: end }
`)

  test('goes through waits, messages, children and JavaScript rules', async () => {
    const result = await run(
      `
steps:
  - { message: paid, key: "3", body: { amount: 1 } }
  - { child: sub, data: { n: 2 } }
  - expect: { open: [pause] }
  - wait: 1h
expect: { status: COMPLETED, passed: [high], notPassed: [low], data: { paid: { amount: 1 }, child: { n: 2 } } }
`,
      MODEL,
    )
    expect(problemsOf(result)).toEqual([])
  })

  test('can be suspended, resumed, cancelled and restarted', async () => {
    const result = await run(
      `
steps:
  - suspend: for a moment
  - expect: { status: SUSPENDED }
  - resume: true
  - cancel: not needed
  - expect: { status: ABORTED }
  - restart: true
expect: { status: RUNNING, open: [pause, ask] }
`,
      MODEL,
    )
    expect(problemsOf(result)).toEqual([])
  })
})

describe('a scenario file', () => {
  const problems = (text: string) =>
    readScenarios(text, { file: 'x.test.yaml' }).problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

  test('may hold several scenarios that share what stands beside them', () => {
    const { scenarios, problems: none } = readScenarios(
      `
people: { editors: [ana] }
start: { payload: /a, data: { a: 1 } }
tasks: { http.request: { ok: true } }
scenarios:
  - name: first
    steps: [{ complete: review, route: approve }]
  - start: { by: eve }
    tasks: { log: 1 }
`,
      { file: 'x.test.yaml' },
    )
    expect(none).toEqual([])
    expect(scenarios.map(({ name, start, tasks, people }) => ({ name, start, tasks, people }))).toEqual([
      {
        name: 'first',
        start: { payload: '/a', data: { a: 1 }, by: 'author' },
        tasks: { 'http.request': { ok: true } },
        people: { editors: ['ana'] },
      },
      {
        name: 'x.test.yaml 2',
        start: { payload: '/a', data: { a: 1 }, by: 'eve' },
        tasks: { 'http.request': { ok: true }, log: 1 },
        people: { editors: ['ana'] },
      },
    ])
  })

  test('reports every problem with line and column, in the words of YAML where it is none', () => {
    expect(
      problems(`
steps:
  - { complete: review, rout: approve }
  - { wiat: 1h }
  - { task: a, fails: 0 }
  - task: a
    returns: 1
    fails: 2
expect: { statsu: COMPLETED }
`),
    ).toEqual(['9:11 expect.statsu: Unrecognized key: "statsu"'])
    expect(problems('steps:\n  - { complete: review, rout: approve }\n  - { wiat: 1h }\n  - { task: a, fails: 0 }\n')).toEqual([
      '2:25 steps.0.rout: Unrecognized key: "rout"',
      '3:5 This step says nothing to do.',
      expect.stringMatching(/^4:16 steps\.2\.fails: /),
    ])
    expect(problems('steps: [\n')[0]).toMatch(/^2:1 /)
    expect(problems('- a\n')).toEqual(['undefined:undefined The file holds no scenario.'])
  })

  test('does not follow aliases without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map(
        (name, at) =>
          `${name}: &${name} [${Array(10)
            .fill(`*${'abcdefgh'[at] ?? ''}`)
            .join(',')}]`,
      )
      .join('\n')}`
    expect(problems(bomb)[0]).toContain('Excessive alias count')
  })
})
