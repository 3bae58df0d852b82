/** Starting an instance, the same by `millrace instance start WORKFLOW` and `millrace start WORKFLOW`. */
import type { CommandAnswer, StartInstance } from '@millrace/protocol'
import type { Cli } from './cli.ts'
import { usageError } from './cli-error.ts'
import type { FlagDefinition } from './define-command.ts'
import { EXIT } from './exit-code.ts'
import { followInstance } from './follow-instance.ts'
import { numberFlag, switchFlag, textFlag, textsFlag } from './input/flags.ts'
import { payloadOf } from './input/payload.ts'
import { jsonOrText, valuesOf } from './input/values.ts'
import { shortId } from './output/short-id.ts'

export interface StartFlags {
  readonly payload?: string
  readonly data?: readonly string[]
  readonly input?: string
  readonly title?: string
  readonly version?: number
  readonly priority?: number
  readonly lock?: readonly string[]
  readonly queue?: boolean
  readonly force?: boolean
  readonly at?: string
  readonly simulate?: boolean
  readonly key?: string
  readonly follow?: boolean
}

export const startFlags: { readonly [Name in keyof StartFlags]-?: FlagDefinition } = {
  payload: textFlag('What is worked on: a path, a UUID, an address, or JSON', 'PAYLOAD'),
  data: textsFlag('Data: name=value (repeat it), or a JSON object', 'NAME=VALUE'),
  input: textFlag('What a code workflow is called with: JSON', 'JSON'),
  title: textFlag('Title of the instance'),
  version: numberFlag('Version to start (default: the newest)', { least: 1, most: 1_000_000_000 }),
  priority: numberFlag('Priority from 0 to 100 (default 50)', { least: 0, most: 100 }),
  lock: textsFlag('Lock to hold while it runs, beside those of the workflow (repeat it)', 'NAME'),
  queue: switchFlag('Wait in line where a lock is held'),
  force: switchFlag('Skip the lock of the deployment; never the system lock'),
  at: textFlag('Start later: 2026-03-01T14:00:00+01:00', 'TIME'),
  simulate: switchFlag('Play tasks that nobody offers instead of failing'),
  key: textFlag('Idempotency key: a repeat with the same one gives the first answer', 'KEY'),
  follow: switchFlag('Show the history live until it ends'),
}

export async function startInstance(cli: Cli, workflow: string, flags: StartFlags): Promise<void> {
  const client = await cli.client()
  const answer = await client.instances.start(bodyOf(workflow, flags), flags.key === undefined ? {} : { idempotencyKey: flags.key })
  if (flags.follow === true && !leftNothing(answer)) {
    if (!cli.isJson) cli.remark(said(cli, workflow, answer))
    return followInstance(cli, client, answer.id, 0)
  }
  cli.show(answer, () => said(cli, workflow, answer))
  if (flags.follow === true && answer.status !== 'COMPLETED') cli.setExitCode(EXIT.failed)
}

/** A transient instance that has ended was never written. */
const leftNothing = (answer: CommandAnswer): boolean => answer.seq === 0

const bodyOf = (workflow: string, flags: StartFlags): StartInstance => {
  const { payload, data, input, title, version, priority, lock, queue, force, at, simulate } = flags
  return {
    workflow,
    payload: payload === undefined ? undefined : payloadOf(payload),
    data: data === undefined ? undefined : valuesOf(data),
    input: input === undefined ? undefined : jsonOrText(input),
    title,
    version,
    priority,
    locks: lock === undefined ? undefined : [...lock],
    queue,
    force,
    startAt: at === undefined ? undefined : dateTime(at),
    simulate,
  }
}

const dateTime = (given: string): string => {
  const at = new Date(given)
  if (Number.isNaN(at.getTime())) throw usageError(`"${given}" is no date and time. Write 2026-03-01T14:00:00+01:00.`)
  return at.toISOString()
}

const said = (cli: Cli, workflow: string, answer: CommandAnswer): string => {
  const id = shortId(answer.id)
  if (leftNothing(answer))
    return `${cli.style.bold(id)}  ${answer.status}: a transient instance of ${workflow}, which leaves no history. Its tasks have run.`
  const place = answer.position === undefined ? '' : `, place ${answer.position} in line`
  const next = answer.status === 'QUEUED' ? `millrace instance show ${id}` : `millrace instance history ${id} --follow`
  return `${cli.style.bold(id)}  ${answer.status}${place}: an instance of ${workflow}. ${cli.style.dim(next)}`
}
