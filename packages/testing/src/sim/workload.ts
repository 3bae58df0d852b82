/** What a simulated host works on: people, models of every kind, random models, and a code workflow. */
import type { Actor } from '@millrace/kernel'
import { type Model, type Node, printModel, type Transition } from '@millrace/model'
import { type CodeBundle, type Host, MillraceError } from '@millrace/protocol'
import fc from 'fast-check'
import { soundModel } from '../arbitrary-model.ts'

export const PEOPLE: readonly [Actor, ...Actor[]] = [
  { user: 'ana', groups: ['editors'], isOperator: false },
  { user: 'bo', groups: ['editors', 'chiefs'], isOperator: false },
  { user: 'cleo', groups: [], isOperator: true },
]
export const OPERATOR: Actor = { user: 'cleo', groups: [], isOperator: true }

const FIXED: readonly string[] = [
  `id: approve
title: Approve
payload: path
data: { amount: { type: number } }
nodes:
  - { id: review, type: participant, assign: "group:editors", due: P1D, routes: { approve: publish, reject: rework }, timeout: { after: PT2H, then: { reassign: "group:chiefs" } } }
  - { id: rework, type: participant, assign: initiator, next: review, timeout: { after: PT1H, then: remind, every: PT1H } }
  - { id: publish, type: process, task: pay, retry: { attempts: 4, initial: PT1S }, next: end }`,
  `id: parallel
title: Parallel
payload: none
nodes:
  - { id: fork, type: and-split, branches: [ask, pay, pause] }
  - { id: ask, type: participant, assign: "group:editors", next: all }
  - { id: pay, type: process, task: pay, next: all }
  - { id: pause, type: wait, for: PT10M, next: check }
  - { id: check, type: process, task: pay, attemptTimeout: PT30S, next: all }
  - { id: all, type: and-join, next: after }
  - { id: after, type: process, task: pay, next: end }`,
  `id: first
title: First
payload: none
nodes:
  - { id: fork, type: and-split, branches: [ask, pay, slow] }
  - { id: ask, type: participant, assign: "user:ana", next: one }
  - { id: pay, type: process, task: pay, next: one }
  - { id: slow, type: wait, for: PT20M, next: late }
  - { id: late, type: process, task: pay, next: one }
  - { id: one, type: and-join, need: 2, next: after }
  - { id: after, type: process, task: pay, next: end }`,
  `id: deploy
title: Deploy
payload: none
locks: ["deployment:{{ data.target }}"]
data: { target: { type: string } }
nodes:
  - { id: install, type: process, task: pay, next: check }
  - { id: check, type: participant, assign: "group:editors", next: end }`,
  `id: upgrade
title: Upgrade
payload: none
locks: [system]
nodes:
  - { id: work, type: process, task: pay, next: end }`,
  `id: print
title: Print
payload: none
locks: [printer, paper]
nodes:
  - { id: work, type: process, task: pay, next: part }
  - { id: part, type: container, workflow: page, next: end }`,
  `id: page
title: Page
payload: none
locks: [printer]
nodes:
  - { id: work, type: process, task: pay, next: end }`,
  `id: child
title: Child
payload: none
nodes:
  - { id: work, type: process, task: pay, next: ask }
  - { id: ask, type: participant, assign: "group:editors", next: end }`,
  `id: parent
title: Parent
payload: none
nodes:
  - { id: fork, type: and-split, branches: [call, again] }
  - { id: call, type: container, workflow: child, next: all }
  - { id: again, type: container, workflow: errand, next: all }
  - { id: all, type: and-join, next: end }`,
  `id: paid
title: Paid
payload: none
nodes:
  - { id: wait, type: wait, message: paid, key: "{{ instance.title }}", next: after }
  - { id: after, type: process, task: pay, next: end }`,
  `id: called
title: Called
payload: none
nodes:
  - { id: ask, type: process, task: pay, callback: true, next: wait }
  - { id: wait, type: wait, callback: true, timeout: { after: PT5H, then: fail }, next: end }`,
  `id: quick
title: Quick
payload: none
transient: true
nodes:
  - { id: a, type: process, task: pay, next: b }
  - { id: b, type: process, task: pay, next: end }`,
]

/** Uses every call of `run`. */
export const ERRAND = `
import { workflow, group, user } from '@millrace/workflow'
export default workflow({ id: 'errand', title: 'Errand' }, async (run, input) => {
  run.log('begun', { input: input ?? null })
  const paid = await Promise.allSettled([run.task('pay', { n: 1 }), run.task('pay', { n: 2 })])
  run.set({ paid: paid.filter((one) => one.status === 'fulfilled').length })
  const first = await run.race({
    answer: () => run.ask({ to: group('editors'), title: 'Errand', routes: ['yes', 'no'] }),
    late: () => run.sleep('3h'),
  })
  run.publish('errand.done', { by: first.winner })
  const message = await run.waitFor('errand.go', { key: run.instance.id, within: '2h' })
  const child = await run.start('child').catch((error) => error.code)
  const both = await run.scope(async (scope) => {
    void scope.sleep('9d')
    return scope.task('pay', { n: 3 }).catch((error) => error.code)
  })
  if (run.instance.run % 3 === 1 && run.random() < 0.3) return run.continueAsNew({ again: true })
  return { first: first.winner, message, child: typeof child, both: typeof both }
})
`

/** Puts people and definitions into a new store; none of it is part of the simulation. @returns the workflows that can be started. */
export const prepare = async (host: Host, options: { readonly bundle: CodeBundle; readonly seed: number }): Promise<readonly string[]> => {
  const { people } = host.store
  for (const { user, isOperator } of PEOPLE) {
    await people.saveUser(
      { name: user, displayName: user, roles: isOperator ? ['operator'] : ['member'], groups: [], isActive: true, createdAtMs: 0 },
      'sim',
    )
  }
  for (const group of ['editors', 'chiefs']) {
    const members = PEOPLE.filter(({ groups }) => groups.includes(group)).map(({ user }) => user)
    await people.saveGroup({ name: group, title: group, members }, 'sim')
  }
  const ids: string[] = []
  const texts = [...FIXED.map((text) => `${text}\nretention: forever\n`), ...randomModels(options.seed)]
  for (const text of texts) {
    const id = /^id: (\S+)$/m.exec(text)?.[1] ?? ''
    await host.store.definitions.saveDraft(
      { workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'sim', updatedAtMs: 0 },
      null,
    )
    try {
      await host.syncModel('default', id, OPERATOR)
      ids.push(id)
    } catch (error) {
      if (!(error instanceof MillraceError) || !id.startsWith('random')) throw error
    }
  }
  await host.syncCode('default', options.bundle, OPERATOR)
  return [...ids, 'errand']
}

/** A new version of a model, of the same nodes. */
export const changeModel = async (host: Host, id: string): Promise<void> => {
  const draft = await host.store.definitions.draft('default', id)
  if (draft === undefined) throw new Error(`There is no draft ${id}.`)
  const text = draft.text.includes('\ntags:') ? draft.text.replace('\ntags: [a', '\ntags: [a, a') : `${draft.text}tags: [a]\n`
  await host.store.definitions.saveDraft({ ...draft, text }, draft.etag)
  await host.syncModel('default', id, OPERATOR)
}

/** Ana comes or goes. */
export const changePerson = async (host: Host, isActive: boolean): Promise<void> => {
  const ana = await host.store.people.user('ana')
  if (ana !== undefined) await host.store.people.saveUser({ ...ana, isActive }, 'sim')
}

const RANDOM_MODELS = 4

const randomModels = (seed: number): readonly string[] =>
  fc
    .sample(soundModel({ maxDepth: 2 }), { seed, numRuns: RANDOM_MODELS })
    .map((model, place) => printModel({ ...model, id: `random-${place}`, title: `Random ${place}`, ...PLAIN_HEAD, ...bounded(model) }))

const PLAIN_HEAD = { payload: 'none', data: {}, retention: 'forever' } as const

/** Loops that end, children that exist, and no passes beyond a few. */
const bounded = (model: Model): Pick<Model, 'nodes' | 'transitions'> => ({
  nodes: model.nodes.map((node): Node => {
    const { metadata: _, ...plain } = node
    if (plain.type !== 'container') return plain
    return { id: plain.id, title: plain.title, type: 'container', workflow: 'child', version: 'latest' }
  }),
  transitions: model.transitions.map((transition, at): Transition => {
    if (typeof transition.rule !== 'string') return transition
    if (transition.from.startsWith('more-')) return { ...transition, rule: 'step.pass < 3' }
    return { ...transition, rule: at % 2 === 0 ? 'initiator == "ana"' : 'size(instance.title) % 2 == 0' }
  }),
})
