import type { Client } from '@millrace/client'
import type { BatchRowState, CreateBatch } from '@millrace/protocol'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

/** Batches shown as recent. */
const RECENT = 5
/** Rows of one batch read at once. */
const MOST_ROWS = 500

export const recentBatches = (client: Client) =>
  queryOptions({ queryKey: ['batch', 'list', {}], queryFn: ({ signal }) => client.batches.list({ limit: RECENT }, { signal }) })

export const batchOne = (client: Client, id: string) =>
  queryOptions({ queryKey: ['batch', 'one', id], queryFn: ({ signal }) => client.batches.get(id, { signal }) })

/** Its rows, of one state where one is named. */
export const batchRows = (client: Client, id: string, state: BatchRowState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['batch', 'rows', id, state ?? null],
    queryFn: ({ pageParam, signal }) =>
      client.batches.rows(
        id,
        { limit: MOST_ROWS, ...(state === undefined ? {} : { state }), ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })

/** What a batch would do, asked anew each time it is looked at. */
export const batchPlan = (client: Client, request: CreateBatch) =>
  queryOptions({
    queryKey: ['batch', 'plan', request],
    queryFn: ({ signal }) => client.batches.plan(request, { signal }),
    gcTime: 0,
    staleTime: 0,
  })
