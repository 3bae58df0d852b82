import type { Client } from '@millrace/client'
import { queryOptions } from '@tanstack/react-query'

const MOST_VERSIONS = 200

/** A model with its draft. */
export const modelOne = (client: Client, id: string) =>
  queryOptions({ queryKey: ['workflow', 'one', id], queryFn: ({ signal }) => client.models.get(id, { signal }) })

/** Versions, newest first. */
export const modelVersions = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['workflow', 'versions', id],
    queryFn: ({ signal }) => client.models.versions(id, { limit: MOST_VERSIONS }, { signal }),
  })

/** What a Sync of the draft would do now. */
export const modelImpact = (client: Client, id: string) =>
  queryOptions({ queryKey: ['workflow', 'impact', id], queryFn: ({ signal }) => client.models.impact(id, { signal }), staleTime: 0 })

/** Tasks that nodes may run. */
export const taskNames = (client: Client) =>
  queryOptions({
    queryKey: ['task', 'list', {}],
    queryFn: async ({ signal }) => (await client.tasks.list({ signal })).items.map((task) => task.name),
    staleTime: 60_000,
  })
