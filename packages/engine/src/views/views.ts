/** What the host shows of what is: the store's rows, with what only memory and the program know. */
import { type Actor, type Env, isFinal, type State } from '@millrace/kernel'
import type { Host, Instance, InstanceSummary, Store, Timeline, TimelineWindow, Why, WorkItem } from '@millrace/protocol'
import type { Directory } from '../directory.ts'
import { callbackToken } from '../effects/callback-token.ts'
import type { LockTable } from '../locks/lock-table.ts'
import type { LoadedVersion, Programs } from '../programs.ts'
import { noInstance } from '../refused.ts'
import { changedSince } from './changed-since.ts'
import { instanceView } from './instance.ts'
import type { Timelines } from './timeline.ts'
import { explainState } from './why.ts'
import { workItemView } from './work-item.ts'

export interface ViewPorts {
  readonly store: Store
  readonly programs: Programs
  readonly directory: Directory
  readonly locks: LockTable
  readonly timelines: Timelines
  /** State as committed. */
  readonly stateOf: (instance: string) => Promise<State | undefined>
  readonly envOf: (version: LoadedVersion) => Env
  /** Key that callback addresses are signed with. */
  readonly secret: Buffer
}

export type Views = Pick<Host, 'instance' | 'workItem' | 'explain' | 'why' | 'timeline'>

/** Last facts a work item's page is made of: its thread, its way so far, what changed. What lies further back is in the history. */
const MOST_REMEMBERED = 1_000

export const createViews = (ports: ViewPorts): Views => {
  const { store, programs, directory, locks, timelines, stateOf, envOf, secret } = ports
  const versionOf = (state: State): Promise<LoadedVersion | undefined> => programs.load(state.workspace, state.workflow, state.version)
  const explain = async (state: State): Promise<Why | undefined> => explainState(state, await versionOf(state), { directory, locks })

  return {
    instance: async (id: string): Promise<Instance | undefined> => {
      const state = await stateOf(id)
      if (state === undefined) return undefined
      return instanceView(state, {
        version: await versionOf(state),
        why: await explain(state),
        position: locks.place(id)?.position,
        seq: await store.queries.position(),
        tokenOf: (step) => callbackToken(secret, id, step),
      })
    },
    workItem: async (id: string, by: Actor): Promise<WorkItem | undefined> => {
      const [instance = '', step = ''] = id.split('.')
      const summary = await store.queries.workItem(instance, Number(step))
      const state = summary === undefined ? undefined : await stateOf(instance)
      if (summary === undefined || state === undefined) return undefined
      const version = await versionOf(state)
      const history = await store.queries.history(instance, { before: Number.MAX_SAFE_INTEGER, limit: MOST_REMEMBERED })
      const changed = await changedSince(store, state, by.onBehalfOf ?? by.user, history)
      return workItemView(summary, state, version, history, { by, env: version === undefined ? undefined : envOf(version), changed })
    },
    explain: async (rows: readonly InstanceSummary[]): Promise<readonly InstanceSummary[]> => {
      const open = rows.filter((row) => !isFinal(row.status)).map((row) => row.id)
      const states = await store.instances.load(open)
      return Promise.all(
        rows.map(async (row) => {
          const state = states.get(row.id)
          if (state === undefined) return row
          const why = await explain(state)
          const position = locks.place(row.id)?.position
          return { ...row, ...(why === undefined ? {} : { why }), ...(position === undefined ? {} : { position }) }
        }),
      )
    },
    why: async (instance: string) => {
      const state = await stateOf(instance)
      return state === undefined ? undefined : explain(state)
    },
    timeline: async (instance: string, window: TimelineWindow): Promise<Timeline> => {
      const state = await stateOf(instance)
      if (state === undefined) throw noInstance(instance)
      return timelines.window(state, await versionOf(state), window)
    },
  }
}
