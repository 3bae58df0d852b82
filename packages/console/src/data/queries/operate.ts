import type { Client } from '@millrace/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

/** Incidents read at once. */
const MOST_INCIDENTS = 500
/** What becomes late or long does so without an event. */
const AGAIN_MS = 60_000

export const incidentList = (client: Client, query: { readonly group?: string; readonly workflow?: string } = {}) =>
  infiniteQueryOptions({
    queryKey: ['incident', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      client.incidents.list({ limit: MOST_INCIDENTS, ...query, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })

/** Open incidents by cause, the largest first. */
export const incidentGroups = (client: Client, query: { readonly workflow?: string } = {}) =>
  queryOptions({
    queryKey: ['incident', 'groups', query],
    queryFn: ({ signal }) => client.incidents.groups({ limit: MOST_INCIDENTS, ...query }, { signal }),
  })

/** What needs an operator, worst first. */
export const operateLines = (client: Client) =>
  queryOptions({ queryKey: ['operate', 'lines', ''], queryFn: ({ signal }) => client.operate.lines({ signal }), refetchInterval: AGAIN_MS })

export const lockList = (client: Client) =>
  queryOptions({ queryKey: ['lock', 'list', {}], queryFn: ({ signal }) => client.locks.list({ signal }) })

export const doctorReport = (client: Client) =>
  queryOptions({ queryKey: ['doctor', 'report', ''], queryFn: ({ signal }) => client.doctor.report({ signal }) })
