import type { Client } from '@millrace/client'
import { queryOptions } from '@tanstack/react-query'

/** Time passes without an event: an item grows older, a day begins. */
const AGAIN_MS = 60_000

/** Starts, ends and incidents by day, of one workflow or of all. */
export const activityByDay = (client: Client, query: { readonly workflow?: string; readonly offsetMinutes: number }) =>
  queryOptions({
    queryKey: ['metrics', 'series', query],
    queryFn: ({ signal }) => client.metrics.series({ bucket: 'day', ...query }, { signal }),
    refetchInterval: AGAIN_MS,
  })

/** Open work items by how long they have been open. */
export const itemAges = (client: Client) =>
  queryOptions({
    queryKey: ['metrics', 'work-items', ''],
    queryFn: ({ signal }) => client.metrics.workItems({}, { signal }),
    refetchInterval: AGAIN_MS,
  })
