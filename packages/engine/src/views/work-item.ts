import { type Actor, backNodes, type Env, isCandidate, routesOf, type State, type Step, type WorkItemWait } from '@millrace/kernel'
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
    ...(form === undefined ? {} : { form: { ...form } as WorkItem['form'] }),
    ...(item?.initial === undefined ? {} : { initial: item.initial }),
    ...(item?.metadata === undefined ? {} : { metadata: item.metadata }),
    data: { ...state.data },
    excluded: (item?.excluded ?? []).map((each) => ({ ...each })),
    can:
      step === undefined || item === undefined || summary.status !== 'open'
        ? summary.status === 'suspended'
          ? ['comment']
          : []
        : rightsOf(state, step, item, { by, version }),
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
    ...(route.form === undefined ? {} : { form: { ...route.form } as NonNullable<RouteChoice['form']> }),
    ...(route.commentRequired === undefined ? {} : { commentRequired: route.commentRequired }),
    ...('to' in route && typeof route.to === 'string' ? { to: route.to } : {}),
  }))
}

const rightsOf = (
  state: State,
  step: Step,
  item: WorkItemWait,
  { by, version }: { readonly by: Actor; readonly version: LoadedVersion | undefined },
): WorkItem['can'] => {
  const person = by.onBehalfOf ?? by.user
  const isExcluded = item.excluded?.some((each) => each.user === person) === true
  const isMine = item.assignee === person
  const isFree = item.assignee === undefined && (isCandidate(by, item) || by.isOperator)
  const can: WorkItem['can'] = ['comment']
  if ((isMine || isFree) && !isExcluded && step.incident === undefined) can.push('complete', 'delegate')
  else if (by.isOperator) can.push('delegate')
  if (isFree && !isExcluded) can.push('claim')
  if (item.assignee !== undefined && (isMine || by.isOperator) && item.candidates.some((each) => each !== `user:${item.assignee}`))
    can.push('unclaim')
  if ((isMine || isFree) && !isExcluded && backNodes(state, step.node, version?.program).length > 0) can.push('step-back')
  return can
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
