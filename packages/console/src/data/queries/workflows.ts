import type { Client } from '@millrace/client'
import type { WorkflowSummary } from '@millrace/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useData } from '../use-data.ts'

/** Most definitions one list holds: beyond it nobody scrolls, they search. */
const MOST_WORKFLOWS = 500

/** Everything the person may see of models and code workflows; undefined while it is not known. */
export const useWorkflows = (): readonly WorkflowSummary[] | undefined => useWorkflowsQuery().data?.items

export const useWorkflowsQuery = () => {
  const { client } = useData()
  return useQuery({
    queryKey: ['workflow', 'list', {}],
    queryFn: ({ signal }) => client.workflows.list({ limit: MOST_WORKFLOWS }, { signal }),
  })
}

/** One workflow as the list shows it. */
export const workflowOne = (client: Client, id: string) =>
  queryOptions({ queryKey: ['workflow', 'one', id], queryFn: ({ signal }) => client.workflows.get(id, { signal }) })

/** Versions of a code workflow, newest first. */
export const workflowVersions = (client: Client, id: string) =>
  queryOptions({
    queryKey: ['workflow', 'versions', id],
    queryFn: ({ signal }) => client.workflows.versions(id, { limit: 200 }, { signal }),
  })
