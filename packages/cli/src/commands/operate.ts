import { serverCommand } from '../define-command.ts'
import { operateCommand, operateSentence } from '../operate-sentence.ts'
import { span } from '../output/time.ts'

export const command = serverCommand({
  brief: 'See what needs an operator, worst first',
  about:
    'Every kind of trouble with how many, since when, and the command that lists exactly its rows. Nothing to see says that all is well.',
  run: async (cli) => {
    const client = await cli.client()
    const answer = await client.operate.lines()
    cli.show(answer, () =>
      cli.table(
        [...answer.lines, ...answer.rest],
        [
          {
            title: 'WHAT',
            cell: operateSentence,
            canShrink: true,
            paint: (text, { code }) => (code === 'LATE' ? text : cli.style.red(text)),
          },
          { title: 'SINCE', cell: ({ sinceMs }) => (sinceMs === undefined ? '' : span(cli.nowMs - sinceMs)) },
          { title: 'SHOW', cell: (line) => operateCommand(line) ?? '' },
        ],
        `Nothing is stuck: ${answer.open} open, and each waits for a good reason.`,
      ),
    )
  },
})
