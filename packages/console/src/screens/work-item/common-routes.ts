import type { RouteChoice, WorkItem } from '@millrace/protocol'
import { asksForAnswer, formFor } from './item-draft.ts'

type Item = Pick<WorkItem, 'can' | 'routes' | 'form'>

const ONLY_WAY: RouteChoice = { name: '', label: '' }

/**
 * Routes that one press may take for all of these that the reader may decide: every one has it, and none wants an answer or a comment of its own. What
 * was taken meanwhile, or is somebody else's, rules out nothing: it is left out.
 */
export const commonRoutes = (items: readonly Item[]): readonly RouteChoice[] => {
  const [first, ...rest] = items.filter(({ can }) => can.includes('complete'))
  if (first === undefined) return []
  return waysOf(first).filter((route) => rest.every((item) => waysOf(item).some(({ name }) => name === route.name)))
}

const waysOf = (item: Item): readonly RouteChoice[] =>
  item.routes.length === 0
    ? asksForAnswer(item.form)
      ? []
      : [ONLY_WAY]
    : item.routes.filter((route) => route.commentRequired !== true && !asksForAnswer(formFor(item, route.name)))
