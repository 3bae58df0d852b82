import type { Page, VersionSummary } from '@millrace/protocol'
import type { Cli } from './cli.ts'
import { nextPage } from './output/next-page.ts'
import { relative } from './output/time.ts'

/** Versions of a workflow as a table, newest first. */
export const versionTable = (cli: Cli, page: Page<VersionSummary>): string =>
  nextPage(
    cli,
    page,
    cli.table(
      page.items,
      [
        { title: 'VERSION', cell: (row) => String(row.version), align: 'right' },
        { title: 'TITLE', cell: (row) => row.title, canShrink: true },
        { title: 'HASH', cell: (row) => row.hash.slice(0, 12) },
        { title: 'BY', cell: (row) => row.syncedBy },
        { title: 'WHEN', cell: (row) => relative(row.syncedAtMs, cli.nowMs) },
        { title: 'OPEN', cell: (row) => String(row.instances.open), align: 'right' },
        { title: 'TOTAL', cell: (row) => String(row.instances.total), align: 'right' },
        { title: 'NOTE', cell: (row) => row.note ?? '', canShrink: true },
      ],
      'No versions. "millrace sync" makes the first.',
    ),
  )
