import type { Client } from '@millrace/client'
import { CliError } from '../cli-error.ts'
import { shortId } from '../output/short-id.ts'
import { instanceId } from './instance-id.ts'

/**
 * The full id of a work item: `<instance>.<step>`, where the instance may be shortened, and the step left out when only one of its items is open.
 *
 * @throws CliError NOT_FOUND, or AMBIGUOUS with those it may mean.
 */
export async function workItemId(client: Client, given: string): Promise<string> {
  const [part = '', step] = given.split('.')
  const instance = await instanceId(client, part)
  if (step !== undefined) return `${instance}.${step}`
  const { items } = await client.inbox.list({ instance, view: 'open' })
  const open = items.length > 0 ? items : await openForOperators(client, instance)
  const [only, ...others] = open
  if (only === undefined)
    throw new CliError(
      'NOT_FOUND',
      `Instance ${shortId(instance)} has no open work item for you. "millrace instance show ${shortId(instance)}" says why it waits.`,
    )
  if (others.length === 0) return only.id
  const list = open.map(({ id, title }) => `${shortId(id)} (${title})`).join(', ')
  throw new CliError('AMBIGUOUS', `Instance ${shortId(instance)} has several open work items: ${list}. Name one.`, {
    ids: open.map(({ id }) => id),
  })
}

/** Operators decide for others; for everybody else the view is refused, and there is nothing. */
const openForOperators = async (client: Client, instance: string) => {
  const { items } = await client.inbox.list({ instance, view: 'all' }).catch(() => ({ items: [] }))
  return items.filter((item) => item.status === 'open' || item.status === 'suspended')
}
