import { describe, expect, it } from 'vitest'
import { ana, bo, playGraph } from '../fixture/play-graph.fixture.ts'
import { type Env, whyOf } from '../index.ts'

const APPROVAL = `
id: approval
title: Approval
payload: none
data: { reason: { type: string } }
nodes:
  - { id: review, type: participant, assign: "group:editors", routes: { approve: publish, reject: rework } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: publish, type: process, task: log, retry: { attempts: 2, initial: PT1S, jitter: 0 }, next: end }
`

describe('what a step brings into data', () => {
  const isNumber: Env['validate'] = (schema, value) =>
    schema['type'] === 'number' && typeof value !== 'number' ? [{ pointer: '', message: 'must be number' }] : []

  it('is an incident where it is not what the model declares, and a retry asks for another', () => {
    const game = playGraph(
      `
id: sum
data: { n: { type: number } }
nodes:
  - { id: count, type: process, task: count, result: n, next: paid }
  - { id: paid, type: wait, message: paid, result: n, next: end }
`,
      isNumber,
    )
    game.start()
    game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1, output: 'three' })
    expect(game.state).toMatchObject({ data: {}, steps: { 1: { incident: { code: 'DATA_INVALID' } } } })
    expect(game.state.steps[1]?.incident?.message).toContain('What Count gives does not fit data n: it must be number.')
    expect(() => game.send({ kind: 'skip', by: ana, step: 1, output: 'four' })).toThrow(/does not fit data n/)
    game.send({ kind: 'retry', by: ana, step: 1 })
    game.send({ kind: 'attempt-succeeded', step: 1, attempt: 2, output: 3 })
    expect(game.state.data).toEqual({ n: 3 })
    game.send({ kind: 'message', name: 'paid', body: 'x' })
    expect(game.state.steps[2]?.incident?.code).toBe('DATA_INVALID')
    game.send({ kind: 'retry', by: ana, step: 2 })
    game.send({ kind: 'message', name: 'paid', body: 5 })
    expect(game.state).toMatchObject({ status: 'COMPLETED', data: { n: 5 } })
  })

  it('is refused where whoever gives it is there to be told', () => {
    const game = playGraph(
      `
id: told
data: { n: { type: number } }
nodes:
  - { id: ask, type: participant, assign: "user:ana", next: back }
  - { id: back, type: wait, callback: true, result: n, next: end }
`,
      isNumber,
    )
    game.start()
    expect(() => game.send({ kind: 'complete', by: ana, step: 1, answer: { n: 'x' } })).toThrow(/does not fit data n: it must be number/)
    game.send({ kind: 'complete', by: ana, step: 1, answer: { n: 1 } })
    expect(() => game.send({ kind: 'callback', step: 2, body: 'x' })).toThrow(/does not fit data n/)
    game.send({ kind: 'callback', step: 2, body: 2 })
    expect(game.state).toMatchObject({ status: 'COMPLETED', data: { n: 2 } })
  })
})

describe('a graph with people', () => {
  it('goes back to the author on reject and on to the task on approve', () => {
    const game = playGraph(APPROVAL)
    game.start()
    expect(game.nodes).toEqual(['review'])
    game.send({ kind: 'complete', by: ana, step: 1, route: 'reject', comment: 'typo' })
    expect(game.nodes).toEqual(['rework'])
    game.send({ kind: 'complete', by: bo, step: 2 })
    const effects = game.send({ kind: 'complete', by: ana, step: 3, route: 'approve' })
    expect(effects).toEqual([{ kind: 'attempt', step: 4, attempt: 1, task: 'log', key: 'i:4' }])
    game.send({ kind: 'attempt-succeeded', step: 4, attempt: 1 })
    expect(game.state.status).toBe('COMPLETED')
  })

  it('lets only one of two people decide and says the step is over to the other', () => {
    const game = playGraph(APPROVAL)
    game.start()
    game.send({ kind: 'complete', by: ana, step: 1, route: 'approve' })
    expect(() => game.send({ kind: 'complete', by: ana, step: 1, route: 'reject' })).toThrow(/Step 1 .* is over/)
  })

  it('refuses a person who is neither assignee nor candidate, an unknown route and a missing one', () => {
    const game = playGraph(APPROVAL)
    game.start()
    expect(() => game.send({ kind: 'complete', by: bo, step: 1, route: 'approve' })).toThrow(/not yours/)
    expect(() => game.send({ kind: 'complete', by: ana, step: 1, route: 'maybe' })).toThrow(/no route maybe; it has approve, reject/)
    expect(() => game.send({ kind: 'complete', by: ana, step: 1 })).toThrow(/needs a decision/)
  })

  it('does not wait for a person who is excluded from deciding', () => {
    const game = playGraph(APPROVAL.replace('assign: "group:editors",', 'assign: initiator, exclude: [initiator],'))
    game.start()
    expect(game.state.steps[1]?.incident).toMatchObject({
      code: 'ASSIGNEE_UNKNOWN',
      message: expect.stringContaining('user:bo is excluded (you started it)'),
    })
  })

  it('escalates to people who may decide it as well, also where one had it alone', () => {
    const game = playGraph(`
id: late
payload: none
nodes:
  - { id: look, type: participant, assign: "user:bo", timeout: { after: PT1H, then: { escalate: "group:editors" } }, next: end }
`)
    game.start()
    expect(() => game.send({ kind: 'complete', by: ana, step: 1 })).toThrow('not yours to decide')
    game.pass(3_600_000)
    game.send({ kind: 'timer', step: 1, timeout: 0 })
    expect(game.state.steps[1]?.wait).toMatchObject({ candidates: ['user:bo', 'group:editors'], priority: 70 })
    expect(game.state.steps[1]?.wait).not.toHaveProperty('assignee')
    game.send({ kind: 'complete', by: ana, step: 1 })
    expect(game.state.status).toBe('COMPLETED')
  })

  it('sends an item back to the last person who decided', () => {
    const game = playGraph(APPROVAL)
    game.start()
    game.send({ kind: 'complete', by: ana, step: 1, route: 'reject' })
    game.send({ kind: 'step-back', by: bo, step: 2 })
    expect(game.nodes).toEqual(['review'])
  })

  it('tries again after the policy says so, then stops as an incident that a retry resolves', () => {
    const game = playGraph(APPROVAL)
    game.start()
    game.send({ kind: 'complete', by: ana, step: 1, route: 'approve' })
    game.send({ kind: 'attempt-failed', step: 2, attempt: 1, error: { code: 'HTTP_503', message: 'down' } })
    expect(game.state.steps[2]?.wait).toMatchObject({ retryAtMs: 2_000 })
    expect(game.send({ kind: 'timer', step: 2 })).toEqual([])
    game.pass(1_000)
    expect(game.send({ kind: 'timer', step: 2 })).toMatchObject([{ kind: 'attempt', attempt: 2 }])
    game.send({ kind: 'attempt-failed', step: 2, attempt: 2, error: { code: 'HTTP_503', message: 'down' } })
    expect(game.state.steps[2]?.incident).toMatchObject({ code: 'HTTP_503' })
    expect(game.send({ kind: 'retry', by: ana, step: 2 })).toMatchObject([{ kind: 'attempt', attempt: 3 }])
    game.send({ kind: 'attempt-succeeded', step: 2, attempt: 3 })
    expect(game.state.status).toBe('COMPLETED')
  })

  it('does not try again before the time a failure asks for, a day at most', () => {
    const game = playGraph(APPROVAL.replace('attempts: 2', 'attempts: 4'))
    const busy = (retryAfterMs: number) => ({ code: 'HTTP_STATUS', message: 'busy', details: { status: 429, retryAfterMs } })
    const whyNow = () => whyOf(game.state, undefined, () => true)
    game.start()
    game.send({ kind: 'complete', by: ana, step: 1, route: 'approve' })
    game.send({ kind: 'attempt-failed', step: 2, attempt: 1, error: busy(7_000) })
    expect(game.state.steps[2]?.wait).toMatchObject({ retryAtMs: 8_000, asked: true })
    expect(whyNow()).toMatchObject({ code: 'RETRY', nextAtMs: 8_000, params: { asked: true } })
    game.pass(7_000)
    game.send({ kind: 'timer', step: 2 })
    // Shorter than the policy's own wait: that one counts.
    game.send({ kind: 'attempt-failed', step: 2, attempt: 2, error: busy(500) })
    expect(whyNow()).toMatchObject({ code: 'RETRY', nextAtMs: 10_000 })
    expect(game.state.steps[2]?.wait).not.toHaveProperty('asked')
    game.pass(2_000)
    game.send({ kind: 'timer', step: 2 })
    game.send({ kind: 'attempt-failed', step: 2, attempt: 3, error: busy(1e15) })
    expect(whyNow()).toMatchObject({ nextAtMs: 10_000 + 24 * 3_600_000 })
  })

  it('keeps results while suspended and applies them at resume', () => {
    const game = playGraph(APPROVAL)
    game.start()
    game.send({ kind: 'complete', by: ana, step: 1, route: 'approve' })
    game.send({ kind: 'suspend', by: ana })
    game.send({ kind: 'attempt-succeeded', step: 2, attempt: 1 })
    expect(game.state.status).toBe('SUSPENDED')
    game.send({ kind: 'resume', by: ana })
    expect(game.state.status).toBe('COMPLETED')
  })

  it('resumes although a callback came twice meanwhile, and refuses one for a step that is over', () => {
    const game = playGraph(`
id: called
title: Called
payload: none
nodes:
  - { id: ask, type: wait, callback: true, next: last }
  - { id: last, type: wait, callback: true, next: end }
`)
    game.start()
    game.send({ kind: 'callback', step: 1, body: 'a' })
    game.send({ kind: 'suspend', by: ana })
    expect(() => game.send({ kind: 'callback', step: 1, body: 'a' })).toThrow(/is over/)
    game.send({ kind: 'callback', step: 2, body: 'b' })
    game.send({ kind: 'callback', step: 2, body: 'b' })
    game.send({ kind: 'resume', by: ana })
    expect(game.state).toMatchObject({ status: 'COMPLETED', held: [] })
  })

  it('withdraws the item on cancel, ends ABORTED, and resume begins the next run there', () => {
    const game = playGraph(APPROVAL)
    game.start()
    game.send({ kind: 'cancel', by: ana })
    expect(game.state).toMatchObject({ status: 'ABORTED', steps: {} })
    game.send({ kind: 'restart', by: ana, from: 'rework' })
    expect(game.nodes).toEqual(['rework'])
    expect(game.state.run).toBe(2)
    game.send({ kind: 'terminate', by: ana })
    game.send({ kind: 'resume', by: ana })
    expect([game.nodes, game.state.run]).toEqual([['rework'], 3])
  })
})

describe('a run that begins inside parallel branches', () => {
  const TWO = `
id: two
title: Two
payload: none
nodes:
  - { id: fork, type: and-split, branches: [ask, b] }
  - { id: ask, type: participant, assign: "group:editors", next: join }
  - { id: b, type: process, task: log, next: join }
  - { id: join, type: and-join, next: check }
  - { id: check, type: participant, assign: "group:editors", next: end }
`
  const finished = () => {
    const game = playGraph(TWO)
    game.start()
    game.send({ kind: 'complete', by: ana, step: game.step('ask') })
    game.send({ kind: 'attempt-succeeded', step: game.step('b'), attempt: 1 })
    return game
  }

  it('counts the other branches as done, so that their join does not wait for ever', () => {
    const game = finished()
    game.send({ kind: 'terminate', by: ana })
    game.send({ kind: 'restart', by: ana, from: 'b' })
    expect([game.nodes, game.state.tokens]).toEqual([['b'], { 3: 1 }])
    game.send({ kind: 'attempt-succeeded', step: game.step('b'), attempt: 1 })
    expect(game.nodes).toEqual(['check'])
  })

  it('leaves a join of fewer one token short, so that the branch that runs is the one that fires it', () => {
    const text = TWO.replace('branches: [ask, b]', 'branches: [ask, b, c]').replace('type: and-join,', 'type: and-join, need: 2,')
    const game = playGraph(`${text}  - { id: c, type: process, task: log, next: join }\n`)
    game.start()
    game.send({ kind: 'terminate', by: ana })
    game.send({ kind: 'restart', by: ana, from: 'c' })
    game.send({ kind: 'attempt-succeeded', step: game.step('c'), attempt: 1 })
    expect(game.nodes).toEqual(['check'])
  })

  it('is not where a person can send an item back to', () => {
    const game = finished()
    expect(() => game.send({ kind: 'step-back', by: ana, step: game.step('check') })).toThrow(/cannot go back/)
  })

  it('goes on with every branch that was open when it was cancelled', () => {
    const game = playGraph(TWO)
    game.start()
    game.send({ kind: 'cancel', by: ana })
    expect([game.state.status, game.nodes]).toEqual(['CANCELLING', ['b']])
    game.send({ kind: 'attempt-succeeded', step: game.step('b'), attempt: 1 })
    expect(game.state.status).toBe('ABORTED')
    game.send({ kind: 'resume', by: ana })
    expect(game.nodes).toEqual(['ask', 'b'])
  })
})

describe('a container', () => {
  it('waits for the child that a retry starts, not for a step that does not exist', () => {
    const game = playGraph(`
id: parent
title: Parent
payload: none
nodes:
  - { id: call, type: container, workflow: child, next: end }
`)
    game.start()
    game.send({ kind: 'child-ended', step: 1, child: 'child-1', status: 'FAILED', data: {} })
    expect(game.state.steps[1]?.incident?.code).toBe('CHILD_FAILED')
    expect(game.send({ kind: 'retry', by: ana, step: 1 })).toMatchObject([{ kind: 'start-child', step: 1, start: { id: 'child-2' } }])
    game.send({ kind: 'child-ended', step: 1, child: 'child-2', status: 'COMPLETED', data: {} })
    expect(game.state.status).toBe('COMPLETED')
  })
})

describe('splits and joins', () => {
  const PARALLEL = `
id: parallel
title: Parallel
payload: none
nodes:
  - { id: fork, type: and-split, branches: [a, b] }
  - { id: a, type: process, task: log, next: join }
  - { id: b, type: process, task: log, next: join }
  - { id: join, type: and-join, next: last }
  - { id: last, type: process, task: log, next: end }
`
  it('fires a join once, when every branch has come', () => {
    const game = playGraph(PARALLEL)
    game.start()
    expect(game.nodes).toEqual(['a', 'b'])
    game.send({ kind: 'attempt-succeeded', step: game.step('b'), attempt: 1 })
    expect(game.nodes).toEqual(['a'])
    game.send({ kind: 'attempt-succeeded', step: game.step('a'), attempt: 1 })
    expect(game.nodes).toEqual(['last'])
  })

  it('withdraws what is left when a join needs fewer', () => {
    const game = playGraph(PARALLEL.replace('type: and-join,', 'type: and-join, need: 1,'))
    game.start()
    const effects = game.send({ kind: 'attempt-succeeded', step: game.step('b'), attempt: 1 })
    expect(game.nodes).toEqual(['last'])
    expect(effects).toMatchObject([
      { kind: 'abort', step: 1 },
      { kind: 'attempt', task: 'log' },
    ])
    game.send({ kind: 'attempt-succeeded', step: game.step('last'), attempt: 1 })
    expect(game.state.status).toBe('COMPLETED')
  })

  it('goes on where the first node is a join of one branch', () => {
    const game = playGraph(`
id: joined
title: Joined
payload: none
nodes:
  - { id: join, type: and-join, next: a }
  - { id: a, type: process, task: log, next: end }
`)
    game.start()
    expect(game.nodes).toEqual(['a'])
  })

  it('stops as an incident when no rule is true, and chooses again after the data is mended', () => {
    const game = playGraph(`
id: choice
title: Choice
payload: none
data: { amount: { type: number } }
nodes:
  - { id: how, type: or-split, branches: [ { when: "data.amount > 10", to: big }, { when: "data.amount < 5", to: small } ] }
  - { id: big, type: process, task: log, next: end }
  - { id: small, type: process, task: log, next: end }
`)
    game.start({ amount: 7 })
    expect(game.state.steps[1]?.incident?.code).toBe('NO_BRANCH')
    game.send({ kind: 'retry', by: ana, step: 1, data: { amount: 70 } })
    expect(game.nodes).toEqual(['big'])
  })

  it('lets the rest of a block go when its join is stopped by the loop limit', () => {
    const game = playGraph(`
id: round
title: Round
payload: none
nodes:
  - { id: again, type: or-join, next: fork }
  - { id: fork, type: and-split, branches: [a, b] }
  - { id: a, type: process, task: log, next: one }
  - { id: b, type: process, task: log, next: one }
  - { id: one, type: and-join, need: 1, maxPasses: 1, next: more }
  - { id: more, type: participant, assign: "group:editors", routes: { again: again, enough: end } }
`)
    game.start()
    game.send({ kind: 'attempt-succeeded', step: game.step('a'), attempt: 1 })
    game.send({ kind: 'complete', by: ana, step: game.step('more'), route: 'again' })
    game.send({ kind: 'attempt-succeeded', step: game.step('a'), attempt: 1 })
    expect([game.nodes, game.state.steps[game.step('one')]?.incident?.code]).toEqual([['one'], 'LOOP_LIMIT'])
    game.send({ kind: 'retry', by: ana, step: game.step('one') })
    expect([game.nodes, game.state.tokens]).toEqual([['more'], {}])
  })

  it('stops an endless loop at its limit', () => {
    const game = playGraph(`
id: loop
title: Loop
payload: none
data: { go: { type: boolean } }
nodes:
  - { id: how, type: or-split, branches: [ { when: "data.go", to: how2 }, { default: true, to: end } ] }
  - { id: how2, type: or-join, next: how }
`)
    game.start({ go: true })
    expect(Object.values(game.state.steps)[0]?.incident?.code).toBe('LOOP_LIMIT')
  })
})
