/** Where a work item stands: what was done before it, and what follows each way to decide it. */
import { type Env, followsOf, type Follow as PlayedFollow, type State } from '@millrace/kernel'
import type { Follow, HistoryEntry, WorkItemPlace } from '@millrace/protocol'
import type { LoadedVersion } from '../programs.ts'
import { titleOf } from './instance.ts'

/** Steps behind shown; what lies further back is in the history. */
const MOST_DONE = 20

/** What follows a route; undefined where the item is closed. */
export const followsView = (
  state: State,
  version: LoadedVersion | undefined,
  env: Env | undefined,
  of: { readonly step: number; readonly route: string | undefined },
): Follow[] | undefined =>
  env === undefined ? undefined : followsOf(state, of.step, of.route, env)?.map((follow) => titled(follow, version))

const titled = ({ kind, node, who, via, on, options, code }: PlayedFollow, version: LoadedVersion | undefined): Follow => {
  const named = (id: string) => ({ node: id, title: titleOf(version, id) })
  return {
    kind,
    ...(node === undefined ? {} : named(node)),
    who: [...who],
    via: via.map(named),
    ...(on === undefined ? {} : { on: [...on] }),
    ...(options === undefined ? {} : { options: options.map(named) }),
    ...(code === undefined ? {} : { code }),
  }
}

export const placeView = (
  item: { readonly step: number; readonly node: string },
  state: State,
  version: LoadedVersion | undefined,
  history: readonly HistoryEntry[],
  follows: readonly Follow[],
): WorkItemPlace => {
  const closed = history.filter(
    ({ type, run, step, node }) => type === 'closed' && run === state.run && node !== undefined && step !== item.step,
  )
  const next = new Map(follows.flatMap(({ node, title }) => (node === undefined || title === undefined ? [] : [[node, title] as const])))
  return {
    done: closed.slice(-MOST_DONE).map(({ node = '', step = 0, atMs, by, onBehalfOf, details }) => ({
      node,
      title: titleOf(version, node),
      step,
      atMs,
      ...(by === undefined ? {} : { by: onBehalfOf ?? by }),
      ...(typeof details['route'] === 'string' ? { route: details['route'] } : {}),
    })),
    here: { node: item.node, title: titleOf(version, item.node) },
    next: [...next].map(([node, title]) => ({ node, title })),
  }
}
