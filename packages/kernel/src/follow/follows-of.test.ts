import { celEvaluator, parseModel } from '@millrace/model'
import { expect, it } from 'vitest'
import { type Actor, compileProgram, decide, type Env, type Follow, followsOf, type Input, type State } from '../index.ts'

const bo: Actor = { user: 'bo', groups: [], isOperator: true }

const open = (nodes: string, more = '', data: { readonly [name: string]: number } = {}) => {
  const text = `id: m\ntitle: M\npayload: none\n${more}nodes:\n${nodes}`
  const { model, problems } = parseModel(text, { file: 'm.yaml' })
  if (model === undefined) throw new Error(JSON.stringify(problems))
  const program = compileProgram(model)
  const env: Env = {
    nowMs: 0,
    program,
    evaluator: celEvaluator,
    validate: () => [{ pointer: '', message: 'is empty' }],
    newId: () => 'child',
    people: { canAnswer: (who) => who !== 'group:nobody', isMember: () => false },
  }
  const validated = { ...env, validate: () => [] }
  let state: State | undefined
  const send = (input: Input) => {
    state = decide(state, input, validated).state
  }
  send({ kind: 'start', id: 'i', workspace: 'default', workflow: 'm', version: 1, payload: { kind: 'none' }, data, by: bo })
  return {
    send,
    follows: (node: string, route?: string) => {
      const step = Object.values(state?.steps ?? {}).find((each) => each.node === node)
      return followsOf(state as State, step?.n ?? 0, route, env)
    },
    step: (node: string) => Object.values(state?.steps ?? {}).find((each) => each.node === node)?.n ?? 0,
    get state() {
      return state as State
    },
  }
}

const brief = (follows: readonly Follow[] | undefined) =>
  follows?.map(({ kind, node, who, via, on, options, code }) =>
    [kind, node, who.join(','), via.length === 0 ? '' : `via ${via.join('>')}`, on?.join(','), options?.join('|'), code]
      .filter(Boolean)
      .join(' '),
  )

it('says for each route who gets it next, what runs on the way, or that it ends here', () => {
  const play = open(`
  - { id: review, type: participant, assign: "group:editors", routes: { approve: publish, reject: rework, drop: end } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: publish, type: process, task: http.request, next: tell }
  - { id: tell, type: process, task: mail.send, next: end }
`)
  const before = play.state
  expect(brief(play.follows('review', 'approve'))).toEqual(['end via publish>tell'])
  expect(brief(play.follows('review', 'reject'))).toEqual(['item rework user:bo'])
  expect(brief(play.follows('review', 'drop'))).toEqual(['end'])
  expect(play.follows('review', 'nonsense')).toBeUndefined()
  expect(play.state).toBe(before)
})

it('an item that somebody else has, and one whose instance is suspended, tell what follows all the same', () => {
  const play = open(
    '  - { id: review, type: participant, assign: "user:ana", next: boss }\n  - { id: boss, type: participant, assign: "group:bosses", next: end }\n',
  )
  expect(brief(play.follows('review'))).toEqual(['item boss group:bosses'])
  play.send({ kind: 'suspend', by: bo })
  expect(brief(play.follows('review'))).toEqual(['item boss group:bosses'])
})

const AMOUNT = 'data: { amount: { type: number, default: 0 }, note: { type: string } }\n'
const CHOICE = `
  - { id: large, type: or-split, branches: [{ when: data.amount > 100, to: boss }, { default: true, to: pay }] }
  - { id: boss, type: participant, assign: "user:ana", next: pay }
  - { id: pay, type: process, task: http.request, next: end }
`

it('a choice by data that is known is followed; by data that the form asks for, it is not guessed', () => {
  const known = open(`  - { id: review, type: participant, assign: initiator, next: large }\n${CHOICE}`, AMOUNT, { amount: 500 })
  expect(brief(known.follows('review'))).toEqual(['item boss user:ana'])
  const asked = `  - { id: review, type: participant, assign: initiator, form: { type: object, properties: { amount: { type: number } } }, next: large }\n${CHOICE}`
  expect(brief(open(asked, AMOUNT, { amount: 500 }).follows('review'))).toEqual(['depends large amount boss|pay'])
  const other = asked.replace('amount: { type: number }', 'note: { type: string }')
  expect(brief(open(other, AMOUNT, { amount: 500 }).follows('review'))).toEqual(['item boss user:ana'])
})

it('also by what a task on the way has yet to find out', () => {
  const play = open(
    `  - { id: review, type: participant, assign: initiator, next: look }
  - { id: look, type: process, task: http.request, result: amount, next: large }
${CHOICE}`,
    AMOUNT,
    { amount: 500 },
  )
  expect(brief(play.follows('review'))).toEqual(['depends large via look amount boss|pay'])
})

it('what data.set will set is known', () => {
  const play = open(
    `  - { id: review, type: participant, assign: initiator, next: raise }
  - { id: raise, type: process, task: data.set, with: { amount: 900 }, next: large }
${CHOICE}`,
    AMOUNT,
  )
  expect(brief(play.follows('review'))).toEqual(['item boss user:ana via raise'])
})

it('both branches of a split follow, one of them waiting for the join', () => {
  const play = open(`
  - { id: fork, type: and-split, branches: [a, b] }
  - { id: a, type: participant, assign: initiator, next: join }
  - { id: b, type: participant, assign: initiator, next: c }
  - { id: c, type: participant, assign: "group:editors", next: join }
  - { id: join, type: and-join, next: both }
  - { id: both, type: and-split, branches: [d, e] }
  - { id: d, type: participant, assign: "user:ana", next: last }
  - { id: e, type: wait, for: 1h, next: last }
  - { id: last, type: and-join, next: end }
`)
  expect(brief(play.follows('a'))).toEqual(['join join'])
  play.send({ kind: 'complete', by: bo, step: play.step('a') })
  play.send({ kind: 'complete', by: bo, step: play.step('b') })
  expect(brief(play.follows('c'))).toEqual(['item d user:ana', 'wait e'])
})

it('would stop: nobody can answer what comes next', () => {
  const play = open(
    '  - { id: a, type: participant, assign: initiator, next: b }\n  - { id: b, type: participant, assign: "group:nobody", next: end }\n',
  )
  expect(brief(play.follows('a'))).toEqual(['incident b group:nobody ASSIGNEE_UNKNOWN'])
})

it('a task that waits for its callback, a child and a script are where it rests', () => {
  const nodes = (next: string) => `  - { id: a, type: participant, assign: initiator, next: ${next} }
  - { id: build, type: process, task: http.request, callback: true, next: sub }
  - { id: sub, type: container, workflow: other, next: pick }
  - { id: pick, type: or-split, branches: [{ when: { js: return true }, to: build }, { default: true, to: end }] }
`
  expect(brief(open(nodes('build')).follows('a'))).toEqual(['task build'])
  expect(brief(open(nodes('sub')).follows('a'))).toEqual(['child sub'])
  expect(brief(open(nodes('pick')).follows('a'))).toEqual(['depends pick build|end'])
})

it('somebody whom the answer chooses is not named', () => {
  const play = open(
    `  - { id: a, type: participant, assign: initiator, form: { type: object, properties: { reviewer: { type: string } } }, next: b }
  - { id: b, type: participant, assign: { choose: "'user:' + data.reviewer" }, next: end }
`,
    'data: { reviewer: { type: string, default: ana } }\n',
  )
  expect(brief(play.follows('a'))).toEqual(['item b'])
})
