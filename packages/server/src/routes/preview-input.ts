import { type CommandInput, type CommandOptions, MillraceError, type PreviewInstance, type Store } from '@millrace/protocol'
import type { Caller } from '../access/caller.ts'
import { requireInitiator } from '../access/visibility.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { principalOf } from './principal.ts'

/** What is asked of the host. */
export interface PreviewInput {
  readonly input: CommandInput
  readonly options: Pick<CommandOptions, 'force' | 'queue'>
}

/**
 * The command an action stands for. Who may not do it may not try it either; whether a work item is theirs to decide is the kernel's to say.
 *
 * @throws MillraceError FORBIDDEN
 */
export const previewInput = async (store: Store, caller: Caller, instance: string, body: PreviewInstance): Promise<PreviewInput> => {
  if (body.action === 'cancel' && !caller.reader.seesAll) await requireInitiator(store, caller.user, instance)
  if (!OF_MEMBERS.has(body.action) && !caller.reader.seesAll) {
    throw new MillraceError('FORBIDDEN', `Only operators and administrators may ${body.action} an instance; ${caller.user} is neither.`)
  }
  const { force, queue } = body.action === 'resume' || body.action === 'restart' ? body : {}
  return {
    input: withoutUndefined({ by: caller.actor, ...commandOf(body) }) as unknown as CommandInput,
    options: withoutUndefined({ force, queue }),
  }
}

const OF_MEMBERS: ReadonlySet<PreviewInstance['action']> = new Set(['cancel', 'complete', 'claim', 'unclaim', 'delegate', 'step-back'])

const commandOf = (body: PreviewInstance): object => {
  switch (body.action) {
    case 'data':
      return { kind: 'set-data', data: body.data }
    case 'resume':
      return { kind: 'resume' }
    case 'restart':
      return { kind: 'restart', from: body.from, data: body.data }
    case 'delegate': {
      const { action: kind, ...given } = body
      return { kind, ...given, to: principalOf(body.to) }
    }
    default: {
      const { action: kind, ...given } = body
      return { kind, ...given }
    }
  }
}
