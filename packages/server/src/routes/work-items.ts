import { type CommandAnswer, type CommandInput, MillraceError, type Routes, type WorkItemDraft } from '@millrace/protocol'
import type { Caller } from '../access/caller.ts'
import { mayReadWorkItem, noSuchWorkItem, readableWorkItem } from '../access/visibility.ts'
import type { ServerContext } from '../context.ts'
import type { Call, HandlersOf } from '../http/handler.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { draftKey, forgetDraft } from './forget-draft.ts'
import { principalOf } from './principal.ts'

type ItemCall = Pick<Call<Routes['workItems']['get']>, 'params' | 'caller' | 'options'>

/** A command as its body says it, and the state it is meant for. */
type Decision = { readonly kind: string; readonly ifFacts?: number | undefined; readonly to?: string | undefined }

export const workItemHandlers = ({ host, store, now }: ServerContext): HandlersOf<'workItems'> => {
  /** Whoever may not see the item gets 404; whether they may decide it is the kernel's to say. */
  const decide = async (call: ItemCall, input: Decision): Promise<CommandAnswer> => {
    const { instance, step } = await readableWorkItem(store, call.caller.reader, call.params.id)
    const { ifFacts, ...rest } = input
    const command = { by: call.caller.actor, step, ...rest }
    const options = { ...call.options, ...(ifFacts === undefined ? {} : { ifFacts }) }
    return host.command(instance, withoutUndefined(command) as unknown as CommandInput, options)
  }
  return {
    get: async ({ caller, params }) => {
      await readableWorkItem(store, caller.reader, params.id)
      const item = await host.workItem(params.id, caller.actor)
      if (item === undefined || !mayReadWorkItem(caller.reader, item)) throw noSuchWorkItem(params.id)
      return item
    },
    claim: (call) => decide(call, { kind: 'claim', ...call.body }),
    unclaim: (call) => decide(call, { kind: 'unclaim', ...call.body }),
    complete: async (call) => {
      const answer = await decide(call, { kind: 'complete', ...call.body })
      await forgetDraft(store, call.caller.user, call.params.id)
      return answer
    },
    delegate: (call) => decide(call, { kind: 'delegate', ...call.body, to: principalOf(call.body.to) }),
    stepBack: (call) => decide(call, { kind: 'step-back', ...call.body }),
    comment: (call) => decide(call, { kind: 'comment', ...call.body }),
    seen: async ({ caller, params }) => {
      const { instance, step } = await readableWorkItem(store, caller.reader, params.id)
      await store.people.markSeen(caller.user, instance, step)
    },
    draft: async ({ caller, params }) => {
      await readableWorkItem(store, caller.reader, params.id)
      const note = await store.people.note(caller.user, draftKey(params.id))
      return note === undefined ? null : { ...(note.value as Omit<WorkItemDraft, 'updatedAtMs'>), updatedAtMs: note.updatedAtMs }
    },
    saveDraft: async ({ body, caller, params }) => {
      await requireOpen(params.id, caller)
      const value = withoutUndefined(body)
      await store.people.saveNote(caller.user, draftKey(params.id), value)
      return { ...value, updatedAtMs: now() }
    },
    discardDraft: ({ caller, params }) => store.people.deleteNote(caller.user, draftKey(params.id)),
  }

  /** A draft of an item that is decided would never be cleared. */
  async function requireOpen(id: string, caller: Caller): Promise<void> {
    const { item } = await readableWorkItem(store, caller.reader, id)
    if (item.status === 'open' || item.status === 'suspended') return
    throw new MillraceError(
      'STEP_CLOSED',
      `Work item ${id} is ${item.status}${item.decidedBy === undefined ? '' : ` (by ${item.decidedBy})`}.`,
    )
  }
}
