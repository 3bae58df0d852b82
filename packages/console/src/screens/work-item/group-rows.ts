import type { WorkItemSummary } from '@millrace/protocol'
import type { Shown } from '../../app/steady/steady-rows.ts'

export type Line =
  | { readonly kind: 'heading'; readonly key: string; readonly title: string; readonly count: number }
  | { readonly kind: 'row'; readonly key: string; readonly shown: Shown<WorkItemSummary> }

/** Rows as lines of the list: as they are, or under the headings of their workflows, each group where its first row stands. */
export const groupRows = (rows: readonly Shown<WorkItemSummary>[], by: 'workflow' | undefined): readonly Line[] => {
  const lineOf = (shown: Shown<WorkItemSummary>): Line => ({ kind: 'row', key: shown.row.id, shown })
  if (by === undefined) return rows.map(lineOf)
  const groups = Map.groupBy(rows, ({ row }) => row.workflow)
  return [...groups].flatMap(([workflow, members]): readonly Line[] => [
    { kind: 'heading', key: `heading ${workflow}`, title: members[0]?.row.workflowTitle ?? workflow, count: members.length },
    ...members.map(lineOf),
  ])
}
