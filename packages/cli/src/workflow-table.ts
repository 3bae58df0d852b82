import type { Page, WorkflowSummary } from '@millrace/protocol'
import type { Cli } from './cli.ts'
import { nextPage } from './output/next-page.ts'
import { relative } from './output/time.ts'

/** Models and code workflows as a table. */
export const workflowTable = (cli: Cli, page: Page<WorkflowSummary>, none: string): string =>
  nextPage(
    cli,
    page,
    cli.table(
      page.items,
      [
        { title: 'ID', cell: (row) => row.id },
        { title: 'TITLE', cell: (row) => row.title, canShrink: true },
        { title: 'KIND', cell: (row) => row.kind },
        { title: 'VERSION', cell: (row) => (row.latest === undefined ? '-' : String(row.latest)), align: 'right' },
        { title: 'DRAFT', cell: (row) => (row.draftChanged ? 'changed' : row.hasDraft ? 'same' : '') },
        { title: 'PAYLOAD', cell: (row) => row.payload },
        { title: 'OPEN', cell: (row) => String(row.instances.open), align: 'right' },
        {
          title: 'INCIDENTS',
          cell: (row) => (row.instances.incidents === 0 ? '' : String(row.instances.incidents)),
          align: 'right',
          paint: cli.style.red,
        },
        { title: 'CHANGED', cell: (row) => relative(row.updatedAtMs, cli.nowMs) },
      ],
      none,
    ),
  )
