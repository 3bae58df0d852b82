import { serverCommand } from '../define-command.ts'
import { choiceFlag, type PageFlags, pageFlags, textFlag } from '../input/flags.ts'
import { payloadText } from '../input/payload.ts'
import { nextPage } from '../output/next-page.ts'
import { shortId } from '../output/short-id.ts'
import { relative } from '../output/time.ts'

type View = 'mine' | 'groups' | 'open' | 'done' | 'started' | 'all'

interface Flags extends PageFlags {
  readonly view?: View
  readonly workflow?: string
  readonly search?: string
  readonly trouble?: 'nobody' | 'late'
  readonly createdFrom?: string
  readonly createdTo?: string
  readonly sort?: 'due' | '-created' | 'created' | '-priority'
}

export const command = serverCommand<Flags>({
  brief: 'List the work items that wait for you',
  about: `Yours and those of your groups. Decide one with "millrace work-item complete ITEM ROUTE".
Views: mine, groups, open (both, the default), done (decided by you), started (of instances you started), all (for operators).`,
  flags: {
    view: choiceFlag('Which items', ['mine', 'groups', 'open', 'done', 'started', 'all']),
    workflow: textFlag('Only of this workflow', 'WORKFLOW'),
    search: textFlag('Only with these words in the title'),
    trouble: choiceFlag('Only what is late, or what nobody can answer (with --view all)', ['nobody', 'late']),
    createdFrom: textFlag('Only opened then or later', 'TIME'),
    createdTo: textFlag('Only opened before then', 'TIME'),
    sort: choiceFlag('Order', ['due', '-created', 'created', '-priority']),
    ...pageFlags,
  },
  run: async (cli, { view = 'open', workflow, search, trouble, createdFrom, createdTo, sort, limit, cursor }) => {
    const client = await cli.client()
    const page = await client.inbox.list({ view, workflow, search, trouble, createdFrom, createdTo, sort, limit, cursor })
    cli.show(page, () =>
      nextPage(
        cli,
        page,
        cli.table(
          page.items,
          [
            { title: 'ITEM', cell: (row) => shortId(row.id) },
            { title: 'TITLE', cell: (row) => row.title, canShrink: true },
            { title: 'PAYLOAD', cell: (row) => payloadText(row.payload), canShrink: true },
            { title: 'WORKFLOW', cell: (row) => row.workflowTitle, canShrink: true },
            {
              title: 'FOR',
              cell: (row) => row.assignee ?? row.candidates.map((one) => one.replace(/^user:/, '').replace(':', ' ')).join(', '),
            },
            { title: 'FROM', cell: (row) => row.initiator },
            {
              title: 'DUE',
              cell: (row) => (row.dueAtMs === undefined ? '' : relative(row.dueAtMs, cli.nowMs)),
              paint: (text, row) => ((row.dueAtMs ?? Infinity) < cli.nowMs ? cli.style.red(text) : text),
            },
            { title: 'OPENED', cell: (row) => relative(row.createdAtMs, cli.nowMs) },
            ...(view === 'done' ? [{ title: 'ROUTE', cell: (row: (typeof page.items)[number]) => row.route ?? '' }] : []),
          ],
          'Nothing waits for you.',
        ),
      ),
    )
  },
})
