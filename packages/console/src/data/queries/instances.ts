import type { Client } from '@millrace/client'
import type { InstanceCounts } from '@millrace/protocol'
import { hashKey, infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { useData } from '../use-data.ts'

export type InstanceQuery = NonNullable<Parameters<Client['instances']['list']>[0]>

/** Rows per request: two seconds of fast scrolling. */
const PAGE_ROWS = 200
/** Pages held around the reader: an invalidation asks for all of them, and memory must not grow with the way scrolled (CONSOLE rule 6). */
const MOST_PAGES = 10

interface Place {
  /** Number of the page in the whole list. */
  readonly index: number
  readonly cursor?: string
}

/** Cursor of each page passed, by list: how to come back up to a page that was let go. A few bytes each. */
const passed = new Map<string, string[]>()

const FIRST: Place = { index: 0 }

/** Rows of a list of instances, as many pages as are near. */
export const instanceList = (client: Client, query: InstanceQuery) => {
  const queryKey = ['instance', 'list', query] as const
  const hash = hashKey(queryKey)
  return infiniteQueryOptions({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      const page = await client.instances.list(
        { limit: PAGE_ROWS, ...query, ...(pageParam.cursor === undefined ? {} : { cursor: pageParam.cursor }) },
        { signal },
      )
      const cursors = passed.get(hash) ?? []
      if (page.next !== undefined) cursors[pageParam.index + 1] = page.next
      passed.set(hash, cursors)
      return page
    },
    initialPageParam: FIRST,
    getNextPageParam: ({ next }, _pages, { index }): Place | undefined =>
      next === undefined ? undefined : { index: index + 1, cursor: next },
    getPreviousPageParam: (_page, _pages, { index }): Place | undefined => {
      if (index === 0) return undefined
      const cursor = passed.get(hash)?.[index - 1]
      return { index: index - 1, ...(cursor === undefined ? {} : { cursor }) }
    },
    maxPages: MOST_PAGES,
  })
}

export const instanceOne = (client: Client, id: string) =>
  queryOptions({ queryKey: ['instance', 'one', id], queryFn: ({ signal }) => client.instances.get(id, { signal }) })

/** How many instances there are by status, of those the reader may see. */
export const useInstanceCounts = (): z.infer<typeof InstanceCounts> | undefined => {
  const { client } = useData()
  return useQuery({ queryKey: ['instance', 'counts'], queryFn: ({ signal }) => client.instances.counts({ signal }) }).data
}
