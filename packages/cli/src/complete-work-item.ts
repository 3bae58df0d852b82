import type { Client } from '@millrace/client'
import type { CommandAnswer, WorkItem } from '@millrace/protocol'
import { CliError } from './cli-error.ts'
import type { FlagDefinition } from './define-command.ts'
import { switchFlag, textFlag, textsFlag } from './input/flags.ts'
import { valuesOf } from './input/values.ts'

export interface CompleteFlags {
  readonly comment?: string
  readonly route?: string
  readonly answer?: readonly string[]
  readonly follow?: boolean
}

export const completeFlags: { readonly [Name in keyof CompleteFlags]-?: FlagDefinition } = {
  comment: textFlag('Say why; some routes need it'),
  route: textFlag('Route to take, as ROUTE', 'ROUTE'),
  answer: textsFlag('Value of the form: name=value (repeat it), or a JSON object', 'NAME=VALUE'),
  follow: switchFlag('Show the history live until the instance ends'),
}

/**
 * Decides a work item. The route is found by its name or by the words on its button; the version read meanwhile is sent along, so that a change in
 * between is refused and not decided blindly.
 */
export async function completeWorkItem(
  client: Client,
  id: string,
  { route, comment, answer }: Omit<CompleteFlags, 'route' | 'follow'> & { readonly route?: string | undefined },
): Promise<CommandAnswer> {
  const item = await client.workItems.get(id)
  return client.workItems.complete(id, {
    route: route === undefined ? undefined : routeOf(item, route),
    comment,
    answer: answer === undefined ? undefined : valuesOf(answer),
    version: item.version,
  })
}

const routeOf = (item: WorkItem, given: string): string => {
  const wanted = given.toLowerCase()
  const exact = item.routes.find(({ name }) => name === given)
  const found = exact ?? item.routes.find(({ name, label }) => name.toLowerCase() === wanted || label.toLowerCase() === wanted)
  if (found !== undefined) return found.name
  // Decided or withdrawn it has no routes any more; the server says who was first.
  if (item.status !== 'open') return given
  const list = item.routes.map(({ name, label }) => (name === label ? name : `${name} (${label})`)).join(', ')
  const advice = item.routes.length === 0 ? 'It has none: leave the route out.' : `Its routes are ${list}.`
  throw new CliError('ROUTE_UNKNOWN', `"${item.title}" has no route ${given}. ${advice}`, { routes: item.routes.map(({ name }) => name) })
}
