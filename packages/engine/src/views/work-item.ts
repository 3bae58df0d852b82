import { type Actor, backNodes, type Env, rightsOf, routesOf, type State, type WorkItemWait } from '@millrace/kernel'
import type { HistoryEntry, RouteChoice, WorkItem, WorkItemSummary } from '@millrace/protocol'
import type { LoadedVersion } from '../programs.ts'
import { titleOf } from './instance.ts'
import { followsView, placeView } from './place.ts'

/** A work item whole: what the deciding person needs, and what they may do (the same checks as in the kernel). */
export const workItemView = (
  summary: WorkItemSummary,
  state: State,
  version: LoadedVersion | undefined,
  history: readonly HistoryEntry[],
  { by, env, changed }: { readonly by: Actor; readonly env: Env | undefined; readonly changed: WorkItem['changed'] },
): WorkItem => {
  const step = state.steps[summary.step]
  const after = (route?: string) => followsView(state, version, env, { step: summary.step, route })
  const item = step?.wait.kind === 'work-item' ? step.wait : undefined
  const node =
    version?.program.kind === 'graph' ? version.program.model.nodes[version.program.net.indexOf.get(summary.node) ?? -1] : undefined
  const form = node?.type === 'participant' ? node.form : item?.form
  const routes = routesView(version, summary.node, item).map((route) => {
    const follows = after(route.name)
    return { ...route, ...(follows === undefined ? {} : { follows }) }
  })
  const follows = routes.length === 0 ? after() : undefined
  return {
    ...summary,
    ...(item?.description === undefined ? {} : { description: item.description }),
    routes,
    ...(follows === undefined ? {} : { follows }),
    place: placeView(summary, state, version, history, [...(follows ?? []), ...routes.flatMap((route) => route.follows ?? [])]),
    ...(changed === undefined ? {} : { changed }),
    ...(form === undefined ? {} : { form: { ...form } }),
    ...(item?.initial === undefined ? {} : { initial: item.initial }),
    ...(item?.metadata === undefined ? {} : { metadata: item.metadata }),
    data: { ...state.data },
    excluded: (item?.excluded ?? []).map((each) => ({ ...each })),
    can:
      step === undefined || item === undefined || summary.status !== 'open'
        ? summary.status === 'suspended'
          ? ['comment']
          : []
        : [...rightsOf(state, step, by, version?.program)],
    thread: threadOf(history),
    back:
      step === undefined ? [] : backNodes(state, summary.node, version?.program).map((id) => ({ node: id, title: titleOf(version, id) })),
  }
}

const routesView = (version: LoadedVersion | undefined, node: string, item: WorkItemWait | undefined): RouteChoice[] => {
  const routes = version?.program.kind === 'graph' ? routesOf(version.program, node) : (item?.routes ?? [])
  return routes.map((route) => ({
    name: route.name,
    label: route.label ?? route.name,
    ...(route.style === undefined ? {} : { style: route.style }),
    ...(route.form === undefined ? {} : { form: { ...route.form } }),
    ...(route.commentRequired === undefined ? {} : { commentRequired: route.commentRequired }),
    ...('to' in route && typeof route.to === 'string' ? { to: route.to } : {}),
  }))
}

/** Everything people said in this instance, in order: comments and the words of decisions, over all its rounds. */
const threadOf = (history: readonly HistoryEntry[]): WorkItem['thread'] =>
  history.flatMap((entry) => {
    const text = entry.type === 'commented' ? entry.details['text'] : entry.details['comment']
    const route = entry.details['route']
    if (typeof text !== 'string' && typeof route !== 'string') return []
    if (entry.type !== 'commented' && entry.type !== 'closed' && entry.type !== 'assigned') return []
    return [
      {
        atMs: entry.atMs,
        by: entry.onBehalfOf ?? entry.by ?? 'system',
        text: typeof text === 'string' ? text : '',
        ...(typeof route === 'string' ? { route } : {}),
      },
    ]
  })
