/** What an adapter of `Host` gives the contract suite, and how its tests wait: for what happened, never for time. */
import type { Actor } from '@millrace/kernel'
import type { Host, Instance, TaskAttempt, TaskOutcome, TaskRunner } from '@millrace/protocol'
import type { VirtualClock } from '../virtual-clock.ts'

export interface HostHarness {
  /** The one that lives now. */
  readonly host: Host
  readonly clock: VirtualClock
  /** Ends the host and opens another on what it has stored; an adapter that keeps nothing leaves it out. */
  readonly restart?: () => Promise<void>
  readonly close: () => Promise<void>
}

export type OpenHost = (ports: { readonly tasks: TaskRunner }) => Promise<HostHarness>

export const ana: Actor = { user: 'ana', groups: ['editors'], isOperator: false }
export const edith: Actor = { user: 'edith', groups: ['editors'], isOperator: false }
export const bo: Actor = { user: 'bo', groups: [], isOperator: false }
export const oscar: Actor = { user: 'oscar', groups: [], isOperator: true }

const PEOPLE: readonly Actor[] = [ana, edith, bo, oscar]

/** Tasks of the suite: `work` gives its input back, `fail` fails as often as its input says, `hold` is answered by the test, `never` is not known. */
export interface Bench {
  readonly tasks: TaskRunner
  readonly attempts: readonly TaskAttempt[]
  /** Answers the oldest `hold` that waits, or the next one. */
  readonly release: (outcome?: TaskOutcome) => void
}

export const openBench = (): Bench => {
  const attempts: TaskAttempt[] = []
  const waiting: ((outcome: TaskOutcome) => void)[] = []
  const early: TaskOutcome[] = []
  const run: TaskRunner['run'] = (attempt) => {
    attempts.push(attempt)
    if (attempt.task === 'work') return { ok: true, ...(attempt.input === undefined ? {} : { output: attempt.input }) }
    if (attempt.task === 'fail') {
      const { times = 1_000, ...error } = (attempt.input ?? {}) as { readonly times?: number; readonly retryable?: boolean }
      return attempt.attempt <= times ? { ok: false, error: { code: 'BUSY', message: 'Busy.', ...error } } : { ok: true }
    }
    const known = early.shift()
    return known ?? new Promise((resolve) => waiting.push(resolve))
  }
  return {
    attempts,
    tasks: { run, has: (task) => task !== 'never', list: () => [], close: async () => undefined },
    release: (outcome = { ok: true }) => {
      const resolve = waiting.shift()
      if (resolve === undefined) early.push(outcome)
      else resolve(outcome)
    },
  }
}

export interface Scene extends HostHarness {
  readonly bench: Bench
  /** Syncs models; their texts begin with `id: …`. */
  readonly sync: (...models: readonly string[]) => Promise<void>
  readonly start: (workflow: string, more?: object) => Promise<string>
  /** Resolves with the instance once it is as the test says. */
  readonly until: (id: string, is: (instance: Instance) => boolean) => Promise<Instance>
  /** Lets time pass from one due time to the next, as a real clock does: a host has turns of the loop between them. */
  readonly pass: (ms: number) => Promise<void>
  /** `type:node` of every fact, in order. */
  readonly story: (id: string) => Promise<readonly string[]>
}

/** A test with a host of its own, closed whatever happens. */
export const withHost =
  (openHost: OpenHost, body: (scene: Scene) => Promise<void>): (() => Promise<void>) =>
  async () => {
    const bench = openBench()
    const harness = await openHost({ tasks: bench.tasks })
    try {
      await savePeople(harness.host)
      await body(sceneOf(harness, bench))
    } finally {
      await harness.close()
    }
  }

const sceneOf = (harness: HostHarness, bench: Bench): Scene => {
  const { restart } = harness
  return {
    get host() {
      return harness.host
    },
    clock: harness.clock,
    ...(restart === undefined ? {} : { restart: () => restart.call(harness) }),
    close: () => harness.close(),
    bench,
    sync: async (...models) => {
      for (const text of models) {
        const id = /^id: (\S+)/m.exec(text)?.[1] ?? ''
        await harness.host.store.definitions.saveDraft(
          { workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'oscar', updatedAtMs: 0 },
          undefined,
        )
        await harness.host.syncModel('default', id, oscar)
      }
    },
    start: async (workflow, more = {}) => (await harness.host.start({ workspace: 'default', workflow, ...more }, bo)).id,
    until: (id, is) => until(harness, id, is),
    pass: (ms) => pass(harness.clock, ms),
    story: async (id) =>
      (await harness.host.store.queries.history(id, { limit: 1_000 })).map(({ type, node }) =>
        node === undefined ? type : `${type}:${node}`,
      ),
  }
}

/** Turns of the loop in which a host writes what fell due and puts the next on the clock. */
const TURNS = 20

const pass = async (clock: VirtualClock, ms: number): Promise<void> => {
  let leftMs = ms
  for (let next = clock.nextInMs; next !== undefined && next <= leftMs; next = clock.nextInMs) {
    leftMs -= next
    clock.advance(next)
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  clock.advance(leftMs)
}

/** Looks again at every turn of the loop; what fell due while the host was at work is called then, as a real clock would. */
const until = async (harness: HostHarness, id: string, is: (instance: Instance) => boolean): Promise<Instance> => {
  for (;;) {
    const instance = await harness.host.instance(id)
    if (instance !== undefined && is(instance)) return instance
    harness.clock.advance(0)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const savePeople = async ({ store }: Host): Promise<void> => {
  for (const { user } of PEOPLE) {
    await store.people.saveUser({ name: user, displayName: user, roles: ['member'], groups: [], isActive: true, createdAtMs: 0 }, 'test')
  }
  await store.people.saveGroup({ name: 'editors', title: 'Editors', members: ['ana', 'edith'] }, 'test')
}
