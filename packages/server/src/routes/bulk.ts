import { type Bulk, type BulkResult, type CommandInput, type CommandOptions, MillraceError } from '@millrace/protocol'
import type { Caller } from '../access/caller.ts'
import { readableWorkItem, requireInitiator, requireReadableInstance } from '../access/visibility.ts'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { forgetDraft } from './forget-draft.ts'
import { principalOf } from './principal.ts'

export const bulkHandlers = ({ host, store }: ServerContext): HandlersOf<'bulk'> => {
  /** The command a row stands for, if this person may see and give it. @throws MillraceError NOT_FOUND, FORBIDDEN. */
  const commandFor = async (
    caller: Caller,
    body: Bulk,
    id: string,
  ): Promise<{ readonly instance: string; readonly input: CommandInput }> => {
    const by = caller.actor
    if (isOfItems(body)) {
      const { instance, step } = await readableWorkItem(store, caller.reader, id)
      const version = body.versions?.[id]
      return { instance, input: withoutUndefined({ by, step, version, ...itemCommand(body) }) as unknown as CommandInput }
    }
    await requireReadableInstance(store, caller.reader, id)
    await requireMayTell(caller, body.action, id)
    const reason = 'reason' in body ? body.reason : undefined
    return { instance: id, input: withoutUndefined({ kind: body.action, by, reason }) as unknown as CommandInput }
  }

  const requireMayTell = async (caller: Caller, action: Bulk['action'], id: string): Promise<void> => {
    if (caller.reader.seesAll) return
    if (action === 'cancel') return requireInitiator(store, caller.user, id)
    throw new MillraceError('FORBIDDEN', `Only operators and administrators may ${action} an instance; ${caller.user} is neither.`)
  }

  const runRow = async (caller: Caller, body: Bulk, id: string, options: CommandOptions): Promise<BulkResult> => {
    try {
      const { instance, input } = await commandFor(caller, body, id)
      if (body.dryRun) return await tryRow(id, instance, input)
      const { status } = await host.command(instance, input, options)
      if (body.action === 'complete') await forgetDraft(store, caller.user, id)
      return { id, ok: true, status }
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error
      return { id, ok: false, problem: { code: error.code, detail: error.message } }
    }
  }

  const tryRow = async (id: string, instance: string, input: CommandInput): Promise<BulkResult> => {
    const { refused } = await host.preview(instance, input)
    return refused === undefined ? { id, ok: true } : { id, ok: false, problem: { code: refused.code, detail: refused.message } }
  }

  return {
    run: async ({ body, caller, options }) => {
      const ids = [...new Set(body.ids)]
      const results = await Promise.all(ids.map((id) => runRow(caller, body, id, rowOptions(options, id))))
      const done = results.filter(({ ok }) => ok).length
      return { results, done, refused: results.length - done, dryRun: body.dryRun }
    },
  }
}

type OfItems = Extract<Bulk, { readonly action: 'complete' | 'claim' | 'unclaim' | 'delegate' }>

const isOfItems = (body: Bulk): body is OfItems =>
  body.action === 'complete' || body.action === 'claim' || body.action === 'unclaim' || body.action === 'delegate'

const itemCommand = (body: OfItems): object => {
  switch (body.action) {
    case 'complete':
      return { kind: 'complete', route: body.route, comment: body.comment }
    case 'delegate':
      return { kind: 'delegate', to: principalOf(body.to), comment: body.comment }
    default:
      return { kind: body.action }
  }
}

/** A repeat that was cut off goes on where it stopped: each row has a key of its own. */
const rowOptions = ({ idempotency }: CommandOptions, id: string): CommandOptions =>
  idempotency === undefined ? {} : { idempotency: { ...idempotency, key: `${idempotency.key} ${id}` } }
