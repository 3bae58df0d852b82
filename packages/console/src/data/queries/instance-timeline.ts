import type { Client } from '@millrace/client'
import { infiniteQueryOptions } from '@tanstack/react-query'

/** Rows per answer: more than a screen, and still light. */
const ROWS = 200
/** Answers held around the reader: an event asks for all of them again. */
const MOST_PAGES = 5

export interface TimelineWindow {
  readonly fromMs: number
  readonly toMs: number
}

interface Place {
  readonly before?: number
  readonly after?: number
}

/** Where the time of each step went within a window, the last steps first to come; earlier and later ones on demand. */
export const instanceTimeline = (client: Client, id: string, window: TimelineWindow | undefined) =>
  infiniteQueryOptions({
    queryKey: ['instance', 'timeline', id, window ?? null],
    queryFn: ({ pageParam, signal }) => client.instances.timeline(id, { limit: ROWS, ...window, ...pageParam }, { signal }),
    initialPageParam: {},
    getPreviousPageParam: ({ left, rows }): Place | undefined => {
      const first = rows.find(({ step }) => step > 0)
      return left.before === 0 || first === undefined ? undefined : { before: first.step }
    },
    getNextPageParam: ({ left, rows }): Place | undefined => {
      const last = rows.at(-1)
      return left.after === 0 || last === undefined ? undefined : { after: last.step }
    },
    maxPages: MOST_PAGES,
  })
