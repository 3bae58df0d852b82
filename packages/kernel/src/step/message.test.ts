import { expect, it } from 'vitest'
import { ana, playGraph } from '../fixture/play-graph.fixture.ts'

it('a kept message that does not fit is taken all the same: a retry asks for the next one', () => {
  const game = playGraph(
    `
id: pays
data: { n: { type: number } }
nodes:
  - { id: look, type: participant, assign: "user:ana", next: paid }
  - { id: paid, type: wait, message: paid, result: n, next: end }
`,
    (schema, value) => (schema['type'] === 'number' && typeof value !== 'number' ? [{ pointer: '', message: 'must be number' }] : []),
  )
  game.start()
  game.send({ kind: 'message', name: 'other', body: 'kept' })
  game.send({ kind: 'message', name: 'paid', body: 'x' })
  game.send({ kind: 'message', name: 'paid', body: 5 })
  game.send({ kind: 'complete', by: ana, step: 1 })
  expect(game.state.steps[2]?.incident?.code).toBe('DATA_INVALID')
  expect(game.state.messages.map(({ body }) => body)).toEqual(['kept', 5])
  game.send({ kind: 'retry', by: ana, step: 2 })
  expect(game.state).toMatchObject({ status: 'COMPLETED', data: { n: 5 } })
})
