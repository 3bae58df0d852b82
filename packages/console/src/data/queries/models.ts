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

/** What the draft changes against the newest version. */
export const modelChanges = (client: Client, id: string) =>
  queryOptions({ queryKey: ['workflow', 'changes', id], queryFn: ({ signal }) => client.models.diff(id, {}, { signal }), staleTime: 0 })

/** Tasks that nodes may run. */
export const taskNames = (client: Client) =>
  queryOptions({
    queryKey: ['task', 'list', {}],
    queryFn: async ({ signal }) => (await client.tasks.list({ signal })).items.map((task) => task.name),
    staleTime: 60_000,
  })
