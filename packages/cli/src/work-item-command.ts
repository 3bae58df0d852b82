/** Commands on work items: each finds the item, sends, and says what became of the instance. */
import type { Client } from '@millrace/client'
import type { CommandAnswer } from '@millrace/protocol'
import { type ArgumentDefinition, type FlagDefinition, serverCommand } from './define-command.ts'
import { answerLine } from './instance-command.ts'
import { workItemId } from './server/work-item-id.ts'

const ITEM = { brief: 'Id of the work item, or of its instance when it has one open', placeholder: 'ITEM' } as const

export const workItemCommand = <Flags extends object = object, More extends readonly (string | undefined)[] = readonly []>(definition: {
  readonly brief: string
  readonly about?: string
  readonly flags?: { readonly [Name in keyof Flags]-?: FlagDefinition }
  readonly aliases?: { readonly [letter: string]: keyof Flags & string }
  readonly arguments?: { readonly [Index in keyof More]: ArgumentDefinition }
  readonly send: (client: Client, id: string, flags: Flags, ...more: More) => Promise<CommandAnswer>
}) =>
  serverCommand<Flags, [string, ...More]>({
    brief: definition.brief,
    ...(definition.about === undefined ? {} : { about: definition.about }),
    ...(definition.flags === undefined ? {} : { flags: definition.flags }),
    ...(definition.aliases === undefined ? {} : { aliases: definition.aliases }),
    arguments: [ITEM, ...(definition.arguments ?? [])] as never,
    run: async (cli, flags, given, ...more) => {
      const client = await cli.client()
      const answer = await definition.send(client, await workItemId(client, given), flags, ...(more as unknown as More))
      cli.show(answer, () => answerLine(cli, answer))
    },
  })
