import { MillraceError } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const lockHandlers = ({ host, store, workspace }: ServerContext): HandlersOf<'locks'> => ({
  list: async () => {
    const asOf = await store.queries.position()
    return { items: await host.locks(workspace), asOf }
  },
  get: async ({ params }) => {
    const lock = (await host.locks(workspace)).find(({ name }) => name === params.name)
    if (lock === undefined)
      throw new MillraceError('NOT_FOUND', `Nobody holds the lock ${params.name} or waits for it. GET /api/v1/locks lists all.`)
    return lock
  },
})
