import type { Instance, OpenStep } from '@millrace/protocol'
import { API_BASE } from '@millrace/protocol/route'
import type { Cli } from '../../cli.ts'
import { serverCommand } from '../../define-command.ts'
import { payloadText } from '../../input/payload.ts'
import { lines } from '../../output/lines.ts'
import { shortId } from '../../output/short-id.ts'
import { statusPaint } from '../../output/status.ts'
import { relative } from '../../output/time.ts'
import { findServer } from '../../server/find-server.ts'
import { instanceId } from '../../server/instance-id.ts'
import { whySentence } from '../../why-sentence.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Show an instance',
  about: 'Shows where an instance stands, why it waits, its open steps and its data.',
  arguments: [{ brief: 'Id, or its beginning or end', placeholder: 'INSTANCE' }],
  run: async (cli, flags, given) => {
    const client = await cli.client()
    const instance = await client.instances.get(await instanceId(client, given))
    const { url } = await findServer(cli.terminal, flags)
    cli.show(instance, () => text(cli, instance, url))
  },
})

const text = (cli: Cli, instance: Instance, url: string): string => {
  const { style, nowMs } = cli
  const { error, incident, parent } = instance
  const head = lines(style, [
    ['Instance', instance.id],
    ['Title', instance.title],
    ['Workflow', `${instance.workflow} version ${instance.version}${instance.run === 1 ? '' : `, run ${instance.run}`}`],
    ['Payload', payloadText(instance.payload)],
    ['Started', `${relative(instance.createdAtMs, nowMs)} by ${instance.initiator}`],
    ['Ended', instance.endedAtMs === undefined ? undefined : relative(instance.endedAtMs, nowMs)],
    ['Why', instance.why === undefined ? undefined : whySentence(instance.why, nowMs)],
    ['Reason', instance.reason],
    ['Error', error === undefined ? undefined : `${error.code}: ${error.message}`],
    ['Incident', incident === undefined ? undefined : `${incident.code}: ${incident.message}`],
    ['Locks', instance.locks.join(', ')],
    ['Parent', parent === undefined ? undefined : `${shortId(parent.instance)}, step ${parent.step}`],
    ['Input', jsonText(instance.input)],
    ['Output', jsonText(instance.output)],
    ['Data', Object.keys(instance.data).length === 0 ? undefined : JSON.stringify(instance.data)],
  ])
  const status = `${style.dim('Status'.padEnd(8))}  ${statusPaint(style, instance.status)(instance.status)}`
  return [
    head,
    status,
    ...(instance.steps.length === 0 ? [] : ['', stepTable(cli, instance.steps)]),
    ...callbacks(instance.steps, url),
  ].join('\n')
}

/** Whole, to be copied: whoever has it completes the step. */
const callbacks = (steps: readonly OpenStep[], url: string): readonly string[] =>
  steps.flatMap(({ step, callback }) =>
    callback === undefined ? [] : [`Step ${step} goes on with: POST ${url}${API_BASE}/callbacks/${callback}`],
  )

const jsonText = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value))

const stepTable = (cli: Cli, steps: readonly OpenStep[]): string =>
  cli.table(
    steps,
    [
      { title: 'STEP', cell: (row) => String(row.step), align: 'right' },
      { title: 'NODE', cell: (row) => row.node },
      { title: 'TITLE', cell: (row) => row.title, canShrink: true },
      { title: 'WAITS FOR', cell: waits },
      { title: 'OPENED', cell: (row) => relative(row.openedAtMs, cli.nowMs) },
      { title: 'DUE', cell: (row) => (row.dueAtMs === undefined ? '' : relative(row.dueAtMs, cli.nowMs)) },
      {
        title: 'INCIDENT',
        cell: (row) => (row.incident === undefined ? '' : `${row.incident.code}: ${row.incident.message}`),
        canShrink: true,
        paint: cli.style.red,
      },
    ],
    '',
  )

const waits = (row: OpenStep): string => {
  if (row.waits === 'task') return `task ${row.task ?? ''}, try ${row.attempt ?? 1}`
  if (row.waits === 'work-item') return row.assignee ?? row.candidates?.join(', ') ?? ''
  return row.waits === 'child' && row.child !== undefined ? `child ${shortId(row.child)}` : row.waits
}
