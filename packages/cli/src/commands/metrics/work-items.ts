import { serverCommand } from '../../define-command.ts'
import { textFlag } from '../../input/flags.ts'
import { span } from '../../output/time.ts'

export const command = serverCommand<{ readonly workflow?: string }>({
  brief: 'Count open work items by age',
  about: 'A row per workflow: how many of its work items have been open for how long. "millrace inbox --view all" lists them.',
  flags: { workflow: textFlag('Only of this workflow', 'WORKFLOW') },
  run: async (cli, { workflow }) => {
    const client = await cli.client()
    const answer = await client.metrics.workItems({ workflow })
    cli.show(answer, () =>
      cli.table(
        answer.workflows,
        [
          { title: 'WORKFLOW', cell: (row) => row.workflow, canShrink: true },
          ...answer.ages.map(({ fromMs, toMs }, at) => ({
            title: toMs === undefined ? `> ${span(fromMs)}` : `< ${span(toMs)}`,
            align: 'right' as const,
            cell: (row: (typeof answer.workflows)[number]) => String(row.counts[at] ?? 0),
          })),
        ],
        'No work item is open.',
      ),
    )
  },
})
