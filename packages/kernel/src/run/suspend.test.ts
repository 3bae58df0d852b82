import { describe, expect, it } from 'vitest'
import { playCode } from '../fixture/play-code.fixture.ts'
import { ana, playGraph } from '../fixture/play-graph.fixture.ts'
import { MAX_KEPT_MESSAGES } from '../step/message.ts'

const operator = { ...ana, isOperator: true }

const CALLS = `
id: calls
nodes:
  - { id: split, type: and-split, branches: [one, two] }
  - { id: one, type: container, workflow: small, next: join }
  - { id: two, type: container, workflow: small, next: join }
  - { id: join, type: and-join, next: end }
`

describe('suspend and resume', () => {
  it('reach a child that goes on, not one whose end is an incident', () => {
    const game = playGraph(CALLS)
    game.start()
    game.send({ kind: 'child-ended', step: 1, child: 'child-1', status: 'ABORTED', data: {} })
    expect(game.state.steps[1]?.incident?.code).toBe('CHILD_FAILED')
    expect(game.send({ kind: 'suspend', by: operator })).toMatchObject([{ kind: 'tell', instance: 'child-2' }])
    expect(game.send({ kind: 'resume', by: operator })).toMatchObject([{ kind: 'tell', instance: 'child-2' }])
  })

  it('begin no next run of a child that ended meanwhile', () => {
    const parent = playGraph(CALLS)
    parent.start()
    parent.send({ kind: 'suspend', by: operator })
    const [told] = parent.send({ kind: 'resume', by: operator })
    if (told?.kind !== 'tell') throw new Error('The child is told nothing.')
    const child = playGraph('{ id: small, nodes: [{ id: a, type: process, task: log, next: end }] }')
    child.start()
    child.send({ kind: 'terminate', by: operator })
    expect(() => child.send(told.input)).toThrow(/it is ABORTED/)
    child.send({ kind: 'resume', by: operator })
    expect(child.state).toMatchObject({ status: 'RUNNING', run: 2 })
  })

  it('are not undone by code that continues as new meanwhile', () => {
    const game = playCode()
    game.start()
    game.calls([{ kind: 'task', call: 1, name: 'page', task: 'page' }])
    game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1 })
    game.send({ kind: 'suspend', by: operator, reason: 'lunch' })
    game.calls([{ kind: 'continue-as-new', call: 2, input: { page: 2 } }])
    expect(game.state).toMatchObject({ status: 'SUSPENDED', reason: 'lunch', run: 1, steps: {} })
    expect(game.send({ kind: 'resume', by: operator })).toEqual([{ kind: 'deliver', delivery: expect.objectContaining({ kind: 'start' }) }])
    expect(game.state).toMatchObject({ status: 'RUNNING', run: 2, input: { page: 2 }, held: [] })
  })

  it('keep the messages that came meanwhile for the run that continues as new', () => {
    const game = playCode()
    game.start()
    game.send({ kind: 'suspend', by: operator })
    game.calls([{ kind: 'continue-as-new', call: 1, input: null }])
    game.send({ kind: 'message', name: 'paid', body: 1 })
    game.send({ kind: 'resume', by: operator })
    game.calls([{ kind: 'wait-for', call: 1, name: 'paid', message: 'paid' }])
    expect(game.state.code?.delivering).toMatchObject({ call: 1, output: 1 })
  })
})

describe('while SUSPENDED', () => {
  const WAITS = `
id: waits
data: { n: { type: number } }
nodes:
  - { id: back, type: wait, callback: true, result: n, next: end }
`

  it('takes no more messages than while RUNNING, and loses none of those it took', () => {
    const game = playGraph(WAITS)
    game.start()
    game.send({ kind: 'message', name: 'paid', body: 0 })
    game.send({ kind: 'suspend', by: operator })
    for (let body = 1; body < MAX_KEPT_MESSAGES; body++) game.quick({ kind: 'message', name: 'paid', body })
    expect(() => game.quick({ kind: 'message', name: 'paid', body: -1 })).toThrow(/takes no more/)
    game.send({ kind: 'resume', by: operator })
    expect(game.state.messages.map(({ body }) => body)).toEqual(Array.from({ length: MAX_KEPT_MESSAGES }, (_, body) => body))
  })

  it('tells at once whoever calls back with what does not fit', () => {
    const game = playGraph(WAITS, (schema, value) =>
      schema['type'] === 'number' && typeof value !== 'number' ? [{ pointer: '', message: 'must be number' }] : [],
    )
    game.start()
    game.send({ kind: 'suspend', by: operator })
    expect(() => game.send({ kind: 'callback', step: 1, body: 'x' })).toThrow(/does not fit data n/)
    game.send({ kind: 'callback', step: 1, body: 2 })
    expect(() => game.send({ kind: 'callback', step: 7, body: 2 })).toThrow(/no step 7/)
    game.send({ kind: 'resume', by: operator })
    expect(game.state).toMatchObject({ status: 'COMPLETED', data: { n: 2 } })
  })

  it('refuses a callback that no step waits for', () => {
    const game = playGraph('{ id: asks, nodes: [{ id: ask, type: participant, assign: "user:ana", next: end }] }')
    game.start()
    game.send({ kind: 'suspend', by: operator })
    expect(() => game.send({ kind: 'callback', step: 1, body: null })).toThrow(/does not wait for a callback/)
  })
})
