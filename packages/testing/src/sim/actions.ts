/** What people do at any moment, sensible or not. */
import type { Actor } from '@millrace/kernel'
import type { CommandInput, Host } from '@millrace/protocol'
import type { Generation } from './generation.ts'
import type { Random } from './random.ts'
import type { Requests } from './requests.ts'
import { OPERATOR, PEOPLE } from './workload.ts'

export interface Scene {
  readonly host: Host
  readonly generation: Generation
  readonly random: Random
  readonly requests: Requests
  /** Workflows that can be started. */
  readonly workflows: readonly string[]
  /** Every instance that was ever written. */
  readonly instances: readonly string[]
  readonly nowMs: number
}

type Action = (scene: Scene) => void | Promise<void>

/** Does one thing. */
export const act = async (scene: Scene): Promise<void> => {
  await scene.random.weighted(ACTIONS)(scene)
}

const start: Action = ({ host, generation, random, requests, workflows, nowMs }) => {
  const workflow = random.pick(workflows) ?? 'approve'
  const title = `${'s'.repeat(1 + random.below(2))}${requests.all.length}`
  const by = random.pick(PEOPLE)
  const body = {
    workspace: 'default',
    workflow,
    title,
    ...(workflow === 'approve' ? { payload: { kind: 'path', ref: '/content/a' } as const } : {}),
    ...(workflow === 'deploy' ? { data: { target: random.pick(['web', 'mail']) } } : {}),
    ...(random.chance(0.1) ? { locks: [random.pick(['deployment:web', 'system', 'printer', 'paper'])] } : {}),
    ...(random.chance(0.7) ? { queue: true } : {}),
    ...(random.chance(0.1) ? { force: true } : {}),
    ...(random.chance(0.1) ? { startAt: new Date(nowMs + random.below(3_600_000)).toISOString() } : {}),
    ...(workflow === 'errand' ? { input: { n: requests.all.length } } : {}),
  }
  const key = `start-${requests.all.length}`
  const idempotency = { user: by.user, route: 'start', key, bodyHash: title }
  requests.ask({ about: `start of ${workflow} ${title}`, key, title, send: (at) => at.start(body, by, { idempotency }) }, host, generation)
}

/** One to three people decide about one work item, at the same time. */
const decide: Action = async ({ host, generation, random, requests }) => {
  const reader = { user: 'cleo', groups: [], seesAll: true }
  const page = await host.store.queries.inbox({ workspace: 'default', reader, view: 'all' }, { limit: 50 })
  const item = random.pick(page.items)
  if (item === undefined) return
  const { instance, step } = item
  for (
    let people = random.weighted([
      [5, 1],
      [2, 2],
      [1, 3],
    ]);
    people > 0;
    people--
  ) {
    const by =
      item.assignee !== undefined && random.chance(0.8)
        ? (PEOPLE.find(({ user }) => user === item.assignee) ?? OPERATOR)
        : random.pick(PEOPLE)
    const input = random.weighted<() => CommandInput>([
      [8, () => completion(random, by, step)],
      [1, () => ({ kind: 'claim', by, step })],
      [1, () => ({ kind: 'unclaim', by, step })],
      [1, () => ({ kind: 'delegate', by, step, to: random.pick(['user:bo', 'group:chiefs', 'user:nobody'] as const) })],
      [1, () => ({ kind: 'comment', by, step, text: 'Look.' })],
      [1, () => ({ kind: 'step-back', by, step })],
    ])()
    const key = `decide-${requests.all.length}`
    const idempotency = { user: by.user, route: input.kind, key, bodyHash: key }
    const decides =
      input.kind === 'complete'
        ? { decides: { instance, step, user: by.user, ...(input.route === undefined ? {} : { route: input.route }) } }
        : {}
    requests.ask(
      {
        about: `${input.kind} of ${instance}.${step} by ${by.user}`,
        key,
        send: (at) => at.command(instance, input, { idempotency }),
        ...decides,
      },
      host,
      generation,
    )
  }
}

const ROUTES = ['approve', 'reject', 'yes', 'no', 'route-0', 'route-1'] as const

const completion = (random: Random, by: Actor, step: number): CommandInput => {
  const route = random.chance(0.3) ? undefined : random.pick(ROUTES)
  return { kind: 'complete', by, step, ...(route === undefined ? {} : { route }) }
}

/** An operator does something to an instance, whatever it is at. */
const operate: Action = async ({ host, generation, random, requests, instances }) => {
  const instance = random.pick(instances)
  if (instance === undefined) return
  const by = OPERATOR
  const state = (await host.store.instances.load([instance])).get(instance)
  const step = random.pick(Object.values(state?.steps ?? {}))?.n ?? 1 + random.below(5)
  const input = random.weighted<() => CommandInput>([
    [2, () => ({ kind: 'suspend', by })],
    [4, () => ({ kind: 'resume', by })],
    [0.5, () => ({ kind: 'cancel', by })],
    [0.5, () => ({ kind: 'terminate', by })],
    [1.5, () => ({ kind: 'restart', by })],
    [
      1,
      () => ({
        kind: 'restart',
        by,
        from: state?.kind === 'code' ? String(step) : random.pick(['review', 'publish', 'pay', 'ask', 'work', 'call', 'step-1', 'all']),
      }),
    ],
    [3, () => ({ kind: 'retry', by })],
    [3, () => ({ kind: 'retry', by, step })],
    [2, () => ({ kind: 'skip', by, step })],
    [1, () => ({ kind: 'skip', by, step, route: random.pick(ROUTES) })],
    [1, () => ({ kind: 'set-data', by, data: { amount: random.below(100) } })],
    [1, () => ({ kind: 'message', name: random.pick(['paid', 'errand.go']), body: requests.all.length })],
  ])()
  const queue = random.chance(0.7)
  const force = random.chance(0.1)
  requests.ask({ about: `${input.kind} of ${instance}`, send: (at) => at.command(instance, input, { queue, force }) }, host, generation)
}

/** A message, often for an instance that waits for it or will. */
const publish: Action = ({ host, generation, random, requests, instances }) => {
  const name = random.pick(['paid', 'errand.go'])
  const key = name === 'paid' ? random.pick(requests.all.flatMap(({ title }) => title ?? [])) : random.pick(instances)
  const body = `message-${requests.all.length}`
  const send = async (at: Host) => {
    await at.publish({ workspace: 'default', name, body, ...(key === undefined ? {} : { key }) }, OPERATOR)
    return undefined
  }
  requests.ask({ about: `publish ${body}`, send }, host, generation)
}

/** Answers a step that waits for a callback, or one that does not yet or no longer. */
const callBack: Action = async ({ host, generation, random, requests, instances }) => {
  const view = await host.instance(random.pick(instances) ?? '')
  const token = random.pick(view?.steps.flatMap(({ callback }) => callback ?? []) ?? [])
  if (token === undefined) return
  requests.ask({ about: `callback of ${token}`, send: (at) => at.callback(token, { n: requests.all.length }) }, host, generation)
}

/** Looks at things: reading must work at any time, and what is open must always be explained. */
const look: Action = ({ host, generation, random, requests, instances }) => {
  const instance = random.pick(instances) ?? ''
  const about = random.weighted<readonly [string, (at: Host) => Promise<unknown>]>([
    [2, ['instance', (at) => at.instance(instance)]],
    [1, ['why', (at) => at.why(instance)]],
    [1, ['locks', (at) => at.locks('default')]],
    [1, ['work item', (at) => at.workItem(`${instance}.1`, OPERATOR)]],
    [
      1,
      [
        'doctor',
        async (at) => {
          const { stale } = await at.doctor({})
          if (stale.length > 0) throw new Error(`Unexplained: ${JSON.stringify(stale)}`)
        },
      ],
    ],
  ])
  const [what, read] = about
  requests.ask({ about: `look at ${what} ${instance}`, send: async (at) => void (await read(at)) }, host, generation)
}

const ACTIONS: readonly (readonly [weight: number, action: Action])[] = [
  [4, start],
  [6, decide],
  [3, operate],
  [1, publish],
  [1, callBack],
  [1, look],
]
