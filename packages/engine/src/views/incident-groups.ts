import type { IncidentGroup, IncidentGroupFilter, Page, PageOptions, Store } from '@millrace/protocol'
import type { Programs } from '../programs.ts'
import { titleOf } from './instance.ts'

/** Groups of incidents with the titles of workflow and node, as the version of the newest one has them. */
export const incidentGroupsView = async (
  { store, programs }: { readonly store: Store; readonly programs: Programs },
  workspace: string,
  filter: IncidentGroupFilter,
  page: PageOptions,
): Promise<Page<IncidentGroup>> => {
  const rows = await store.queries.incidentGroups(workspace, filter, page)
  const items = await Promise.all(
    rows.items.map(async (row): Promise<IncidentGroup> => {
      const version = await programs.load(workspace, row.workflow, row.example.version)
      return {
        ...row,
        workflowTitle: version?.title ?? row.workflow,
        ...(row.node === undefined ? {} : { nodeTitle: titleOf(version, row.node) }),
      }
    }),
  )
  return { ...rows, items }
}
