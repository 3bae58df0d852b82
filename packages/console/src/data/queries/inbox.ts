import type { Client } from '@millrace/client'
import type { InboxCounts } from '@millrace/protocol'
import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import { useData } from '../use-data.ts'

export type InboxQuery = NonNullable<Parameters<Client['inbox']['list']>[0]>

/** Rows per request: two screens. */
const PAGE_ROWS = 60
/** Pages held: an invalidation asks for all of them, one after the other (CONSOLE rule 6). */
const MOST_PAGES = 10

/** Rows of one view of the inbox, page by page. */
export const inboxList = (client: Client, query: InboxQuery) =>
  infiniteQueryOptions({
    queryKey: ['work-item', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      client.inbox.list({ limit: PAGE_ROWS, ...query, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    maxPages: MOST_PAGES,
  })

/** One work item whole. */
export const workItemOne = (client: Client, id: string) =>
  queryOptions({ queryKey: ['work-item', 'one', id], queryFn: ({ signal }) => client.workItems.get(id, { signal }) })

/** Rows of each view of the inbox; undefined while it is not known. */
export const useInboxCounts = (): InboxCounts | undefined => {
  const { client } = useData()
  return useQuery({ queryKey: ['work-item', 'counts'], queryFn: ({ signal }) => client.inbox.counts({ signal }) }).data
}
