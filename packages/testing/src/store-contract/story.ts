/** Facts written by hand, folded as the kernel folds them: what a host would commit, without a host. */
import { apply, type Fact, type FactBody, type Principal, type State, type WorkItemWait } from '@millrace/kernel'
import type { InstanceChange, Store } from '@millrace/protocol'

type Created = Extract<FactBody, { t: 'created' }>

/** The nth id: a UUIDv7 in order. */
export const idOf = (n: number): string =>
  `0193e3a0-${(n >>> 12).toString(16).padStart(4, '0')}-7${(n & 0xfff).toString(16).padStart(3, '0')}-8000-${n.toString(16).padStart(12, '0')}`

export interface Story {
  readonly id: string
  readonly state: State
  /** The change of one tick. */
  tick(atMs: number, ...facts: readonly FactBody[]): InstanceChange
  /** Commits a tick by itself. */
  commit(store: Store, atMs: number, ...facts: readonly FactBody[]): Promise<number>
}

/** An instance to be told; its first tick begins with `created`, which is added. */
export const tell = (n: number, options: Partial<Omit<Created, 't' | 'id'>> = {}): Story => {
  const id = idOf(n)
  let state: State | undefined
  const created: Created = {
    t: 'created',
    id,
    workspace: 'default',
    workflow: 'publish',
    version: 1,
    kind: 'graph',
    title: `Instance ${n}`,
    payload: { kind: 'none' },
    status: 'RUNNING',
    by: 'ana',
    ...options,
  }
  const tick = (atMs: number, ...bodies: readonly FactBody[]): InstanceChange => {
    const before = state
    const facts = (before === undefined ? [created, ...bodies] : bodies).map((body): Fact => ({ at: atMs, ...body }))
    let after = before
    for (const fact of facts) after = apply(after, fact)
    state = after
    return { ...(before === undefined ? {} : { before }), after: after as State, facts }
  }
  return {
    id,
    get state() {
      if (state === undefined) throw new Error('The story has not begun.')
      return state
    },
    tick,
    commit: async (store, atMs, ...bodies) => (await store.instances.commit({ atMs, changes: [tick(atMs, ...bodies)] })).position,
  }
}

type Opened = Extract<FactBody, { t: 'opened' }>

export const openTask = (step: number, node = 'work'): FactBody => ({
  t: 'opened',
  step,
  node,
  wait: { kind: 'task', task: 'log', attempt: 1, input: { step } },
})

export const openItem = (
  step: number,
  candidates: readonly Principal[],
  options: Partial<WorkItemWait> & Partial<Pick<Opened, 'node' | 'timers'>> = {},
): FactBody => {
  const { node = 'review', timers, ...wait } = options
  return {
    t: 'opened',
    step,
    node,
    wait: { kind: 'work-item', title: `Review ${step}`, candidates, priority: 50, version: 1, ...wait },
    ...(timers === undefined ? {} : { timers }),
  }
}

export const completed: FactBody = { t: 'ended', status: 'COMPLETED' }
