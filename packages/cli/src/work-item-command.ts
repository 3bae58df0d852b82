/** Commands on work items: each finds the item, sends, and says what became of the instance. */
import type { Client } from '@millrace/client'
import type { CommandAnswer } from '@millrace/protocol'
import { type ArgumentDefinition, type FlagDefinition, serverCommand } from './define-command.ts'
import { followInstance } from './follow-instance.ts'
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
      const id = await workItemId(client, given)
      // Read before deciding: the decision is the first line shown, and who may not read the instance is told while nothing is done yet.
      const { follow } = flags as { readonly follow?: boolean }
      const before = follow === true ? await client.instances.get(id.slice(0, id.lastIndexOf('.'))) : undefined
      const answer = await definition.send(client, id, flags, ...(more as unknown as More))
      if (before !== undefined) return followInstance(cli, client, before.id, before.facts)
      cli.show(answer, () => answerLine(cli, answer))
    },
  })
