/** Commands that steer one instance: they differ in what they send, not in how they are said. */
import type { Client } from '@millrace/client'
import type { CommandAnswer } from '@millrace/protocol'
import type { Cli } from './cli.ts'
import { type FlagDefinition, serverCommand } from './define-command.ts'
import { shortId } from './output/short-id.ts'
import { statusPaint } from './output/status.ts'
import { instanceId } from './server/instance-id.ts'

export const INSTANCE = { brief: 'Id, or its beginning or end', placeholder: 'INSTANCE' } as const

/** A command on one instance or several, one after the other: `millrace instance cancel 4b7c21d0 99aa0b1c`. */
export const instanceCommand = <Flags extends object = object>(definition: {
  readonly brief: string
  readonly about?: string
  readonly flags?: { readonly [Name in keyof Flags]-?: FlagDefinition }
  readonly send: (client: Client, id: string, flags: Flags) => Promise<CommandAnswer>
}) =>
  serverCommand<Flags, string[]>({
    brief: definition.brief,
    ...(definition.about === undefined ? {} : { about: definition.about }),
    ...(definition.flags === undefined ? {} : { flags: definition.flags }),
    arguments: { many: INSTANCE, minimum: 1 },
    run: async (cli, flags, ...given) => {
      const client = await cli.client()
      for (const one of given) {
        const answer = await definition.send(client, await instanceId(client, one), flags)
        cli.show(answer, () => answerLine(cli, answer))
      }
    },
  })

/** What a command did, in one line. */
export const answerLine = ({ style }: Pick<Cli, 'style'>, answer: CommandAnswer): string => {
  const place = answer.position === undefined ? '' : `, place ${answer.position} in line`
  return `${style.bold(shortId(answer.id))}  ${statusPaint(style, answer.status)(answer.status)}${place}${answer.run === 1 ? '' : `, run ${answer.run}`}`
}
