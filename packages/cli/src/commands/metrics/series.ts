import type { Series } from '@millrace/protocol'
import { serverCommand } from '../../define-command.ts'
import { choiceFlag, textFlag } from '../../input/flags.ts'
import { moment } from '../../output/time.ts'

const MINUTE_MS = 60_000

interface Flags {
  readonly workflow?: string
  readonly bucket?: 'hour' | 'day'
}

export const command = serverCommand<Flags>({
  brief: 'Count starts, ends and incidents by day or hour',
  about: 'The last 14 days, or the last 48 hours, of this machine. Counted when it happened, also of instances that were purged since.',
  flags: { workflow: textFlag('Only of this workflow', 'WORKFLOW'), bucket: choiceFlag('How long a row is', ['day', 'hour']) },
  run: async (cli, { workflow, bucket = 'day' }) => {
    const client = await cli.client()
    const offsetMinutes = -new Date(cli.nowMs).getTimezoneOffset()
    const series = await client.metrics.series({ workflow, bucket, offsetMinutes })
    cli.show(series, () =>
      cli.table(
        series.buckets.map((atMs, at) => ({ atMs, at })),
        [
          { title: bucket === 'day' ? 'DAY' : 'HOUR', cell: ({ atMs }) => timeOf(atMs, bucket) },
          ...(['started', 'completed', 'failed', 'aborted', 'incidents'] as const).map((name) => ({
            title: name.toUpperCase(),
            align: 'right' as const,
            cell: ({ at }: { readonly at: number }) => String(sumAt(series, name, at) ?? '–'),
          })),
        ],
        'Nothing has been counted yet.',
      ),
    )
  },
})

const timeOf = (atMs: number, bucket: 'hour' | 'day'): string =>
  moment(atMs + MINUTE_MS)
    .slice(0, bucket === 'day' ? 10 : 13)
    .replace(/ (\d\d)$/, ' $1:00')

/** All workflows together; undefined where nothing was counted yet, which is not the same as none. */
const sumAt = (
  { workflows }: Series,
  name: 'started' | 'completed' | 'failed' | 'aborted' | 'incidents',
  at: number,
): number | undefined => {
  const known = workflows.flatMap(({ [name]: values }) => values[at] ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0)
}
