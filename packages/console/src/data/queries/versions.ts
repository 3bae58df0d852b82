import type { Client } from '@millrace/client'
import { queryOptions } from '@tanstack/react-query'

/** A published version: immutable, so it is never read twice. */
export const versionOne = (client: Client, workflow: string, version: number) =>
  queryOptions({
    queryKey: ['version', 'one', `${workflow} ${version}`],
    queryFn: ({ signal }) => client.workflows.version(workflow, version, { signal }),
    gcTime: 30 * 60_000,
  })
