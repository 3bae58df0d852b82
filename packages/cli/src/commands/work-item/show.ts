import type { WorkItem } from '@millrace/protocol'
import type { Cli } from '../../cli.ts'
import { serverCommand } from '../../define-command.ts'
import { payloadText } from '../../input/payload.ts'
import { lines } from '../../output/lines.ts'
import { plain } from '../../output/plain.ts'
import { moment, relative } from '../../output/time.ts'
import { workItemId } from '../../server/work-item-id.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Show a work item, its form and its routes',
  arguments: [{ brief: 'Id of the work item, or of its instance when it has one open', placeholder: 'ITEM' }],
  run: async (cli, _flags, given) => {
    const client = await cli.client()
    const item = await client.workItems.get(await workItemId(client, given))
    cli.show(item, () => text(cli, item))
  },
})

const text = (cli: Cli, item: WorkItem): string => {
  const { style, nowMs } = cli
  const head = lines(style, [
    ['Item', item.id],
    ['Title', item.title],
    ['Status', item.status],
    ['Workflow', `${item.workflowTitle} version ${item.workflowVersion}`],
    ['Payload', payloadText(item.payload)],
    ['For', item.assignee ?? item.candidates.join(', ')],
    ['From', item.initiator],
    ['Opened', relative(item.createdAtMs, nowMs)],
    ['Due', item.dueAtMs === undefined ? undefined : relative(item.dueAtMs, nowMs)],
    ['Description', item.description],
    ['Routes', item.routes.map(({ name, label }) => (name === label ? name : `${name} (${label})`)).join(', ')],
    ['Form', fields(item.form)],
    ['Data', Object.keys(item.data).length === 0 ? undefined : JSON.stringify(item.data)],
    ['You may', item.can.join(', ')],
    ['Back to', item.back.map(({ node }) => node).join(', ')],
    ['Not', item.excluded.map(({ user, reason }) => `${user}: ${reason}`).join('; ')],
  ])
  const thread = item.thread.map(({ atMs, by, text: said }) => `${style.dim(moment(atMs))}  ${plain(by)}: ${plain(said)}`)
  return [head, ...(thread.length === 0 ? [] : ['', ...thread])].join('\n')
}

/** `reason (string, needed), amount (number)`: what `--answer` may give. */
const fields = (form: WorkItem['form']): string | undefined => {
  const { properties, required } = (form ?? {}) as {
    readonly properties?: { readonly [name: string]: { readonly type?: unknown } }
    readonly required?: readonly string[]
  }
  if (properties === undefined) return undefined
  return Object.entries(properties)
    .map(
      ([name, { type }]) =>
        `${name} (${[typeof type === 'string' ? type : 'any', ...(required?.includes(name) === true ? ['needed'] : [])].join(', ')})`,
    )
    .join(', ')
}
