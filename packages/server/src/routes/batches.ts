import { MillraceError } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const batchHandlers = ({ host, store, workspace }: ServerContext): HandlersOf<'batches'> => {
  const requireBatch = async (id: string) => {
    const found = await store.batches.batch(id)
    if (found?.workspace !== workspace) throw new MillraceError('NOT_FOUND', `There is no batch ${id}. GET /api/v1/batches lists them.`)
    const { workspace: _, ...batch } = found
    return batch
  }
  return {
    list: ({ query }) => store.batches.batches(workspace, query),
    create: async ({ body, caller, reply }) => {
      const batch = await host.batches.create(workspace, body, caller.actor)
      reply.header('location', `/api/v1/batches/${batch.id}`)
      return batch
    },
    plan: ({ body }) => host.batches.plan(workspace, body),
    get: ({ params }) => requireBatch(params.id),
    rows: async ({ params, query }) => {
      await requireBatch(params.id)
      const { cursor, limit, state } = query
      const asOf = await store.queries.position()
      const range = { after: afterOf(cursor), ...(state === undefined ? {} : { state: [state] }) }
      const rows = await store.batches.rows(params.id, { ...range, limit: limit + 1 })
      const items = rows.slice(0, limit)
      return { items, ...(rows.length > limit ? { next: String(items.at(-1)?.n) } : {}), asOf }
    },
    pause: ({ params }) => host.batches.pause(workspace, params.id),
    resume: ({ params }) => host.batches.resume(workspace, params.id),
    cancel: ({ params }) => host.batches.cancel(workspace, params.id),
  }
}

const afterOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new MillraceError('BAD_REQUEST', 'The cursor is not one of this list. Leave it out to begin at the first page.')
}
