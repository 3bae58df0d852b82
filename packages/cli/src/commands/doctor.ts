import type { DoctorReport } from '@millrace/protocol'
import { serverCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { switchFlag } from '../input/flags.ts'
import { shortId } from '../output/short-id.ts'
import { statusPaint } from '../output/status.ts'
import { whySentence } from '../why-sentence.ts'

const statusOf = ({ status, why }: DoctorReport['rows'][number]): string => (why.code === 'STALE' ? 'STALE' : status)

export const command = serverCommand<{ readonly repair?: boolean }>({
  brief: 'Explain every open instance, and repair lost ones',
  about:
    'Lists every open instance and why it waits. What nothing explains is STALE, always a defect of ours; --repair restarts its lost step. Exit code 1 when one stays STALE.',
  flags: { repair: switchFlag('Restart the lost step of every STALE instance') },
  run: async (cli, { repair }) => {
    const client = await cli.client()
    const report = repair === true ? await client.doctor.repair() : await client.doctor.report()
    const stale = report.stale.filter((row) => row.repaired !== true)
    cli.show(report, () => {
      const rows = cli.table(
        // STALE ones first: they are why somebody asks.
        [...report.stale, ...report.rows],
        [
          { title: 'INSTANCE', cell: (row) => shortId(row.instance) },
          { title: 'WORKFLOW', cell: (row) => row.workflow },
          { title: 'TITLE', cell: (row) => row.title, canShrink: true },
          { title: 'STATUS', cell: statusOf, paint: (text, row) => statusPaint(cli.style, statusOf(row))(text) },
          {
            title: 'WHY',
            cell: (row) => `${whySentence(row.why, cli.nowMs)}${row.repaired === true ? ' (repaired)' : ''}`,
            canShrink: true,
          },
        ],
        'No open instances.',
      )
      const verdict = stale.length === 0 ? cli.style.green('every one is explained') : cli.style.red(`${stale.length} STALE`)
      return `${rows}\n${report.open} open, ${verdict}.`
    })
    if (stale.length > 0) cli.setExitCode(EXIT.failed)
  },
})
