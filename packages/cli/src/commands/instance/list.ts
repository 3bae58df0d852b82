import { serverCommand } from '../../define-command.ts'
import { choiceFlag, type PageFlags, pageFlags, switchFlag, textFlag, textsFlag } from '../../input/flags.ts'
import { payloadText } from '../../input/payload.ts'
import { pathsOf } from '../../input/values.ts'
import { nextPage } from '../../output/next-page.ts'
import { shortId } from '../../output/short-id.ts'
import { statusPaint } from '../../output/status.ts'
import { relative } from '../../output/time.ts'
import { whySentence } from '../../why-sentence.ts'

interface Flags extends PageFlags {
  readonly status?: string
  readonly workflow?: string
  readonly initiator?: string
  readonly payload?: string
  readonly title?: string
  readonly lock?: string
  readonly node?: string
  readonly data?: readonly string[]
  readonly incident?: boolean
  readonly trouble?: 'queued' | 'suspended' | 'overdue' | 'missed'
  readonly before?: string
  readonly createdFrom?: string
  readonly createdTo?: string
  readonly endedFrom?: string
  readonly endedTo?: string
}

export const command = serverCommand<Flags>({
  brief: 'List instances, and why they wait',
  about: `Newest first. --status takes our words and those of AEM, Appsmith and Cloudify, with commas: running,queued.

  millrace instance list --status running --data order.id=A1`,
  flags: {
    status: textFlag('Only these statuses, with commas', 'STATUS'),
    workflow: textFlag('Only of this workflow', 'WORKFLOW'),
    initiator: textFlag('Only started by this user', 'USER'),
    payload: textFlag('Only with this payload', 'PAYLOAD'),
    title: textFlag('Only with these words in the title'),
    lock: textFlag('Only those that hold or want this lock', 'NAME'),
    node: textFlag('Only those that wait at this node', 'NODE'),
    data: textsFlag('Only with this data: name=value (repeat it)', 'NAME=VALUE'),
    incident: switchFlag('Only those with an incident'),
    trouble: choiceFlag('Only with this trouble, as "millrace operate" finds it', ['queued', 'suspended', 'overdue', 'missed']),
    before: textFlag('Only with trouble since before then', 'TIME'),
    createdFrom: textFlag('Only started then or later', 'TIME'),
    createdTo: textFlag('Only started before then', 'TIME'),
    endedFrom: textFlag('Only ended then or later', 'TIME'),
    endedTo: textFlag('Only ended before then', 'TIME'),
    ...pageFlags,
  },
  run: async (cli, flags) => {
    const { status, workflow, initiator, payload, title, lock, node, incident, trouble, before, limit, cursor } = flags
    const { createdFrom, createdTo, endedFrom, endedTo } = flags
    const data = flags.data === undefined ? undefined : pathsOf(flags.data)
    const filter = {
      status,
      workflow,
      initiator,
      payload,
      title,
      lock,
      node,
      incident,
      trouble,
      before,
      createdFrom,
      createdTo,
      endedFrom,
      endedTo,
      data,
    }
    const client = await cli.client()
    const page = await client.instances.list({ ...filter, limit, cursor })
    cli.show(page, () =>
      nextPage(
        cli,
        page,
        cli.table(
          page.items,
          [
            { title: 'ID', cell: (row) => shortId(row.id) },
            { title: 'WORKFLOW', cell: (row) => `${row.workflow} ${row.version}` },
            { title: 'TITLE', cell: (row) => row.title, canShrink: true },
            { title: 'PAYLOAD', cell: (row) => payloadText(row.payload), canShrink: true },
            { title: 'STATUS', cell: (row) => row.status, paint: (text, row) => statusPaint(cli.style, row.status)(text) },
            { title: 'WHY', cell: (row) => (row.why === undefined ? '' : whySentence(row.why, cli.nowMs)), canShrink: true },
            { title: 'BY', cell: (row) => row.initiator },
            { title: 'STARTED', cell: (row) => relative(row.createdAtMs, cli.nowMs) },
          ],
          Object.values(filter).some((value) => value !== undefined)
            ? 'No instance fits. "millrace instance list" shows all of them.'
            : 'No instances. "millrace start WORKFLOW" starts one.',
        ),
      ),
    )
  },
})
