import { type Host, type Lock, MillraceError } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const lockHandlers = ({ host, store, workspace }: ServerContext): HandlersOf<'locks'> => ({
  list: async () => {
    const asOf = await store.queries.position()
    return { items: await Promise.all((await host.locks(workspace)).map((lock) => explained(host, lock))), asOf }
  },
  get: async ({ params }) => {
    const lock = (await host.locks(workspace)).find(({ name }) => name === params.name)
    if (lock === undefined)
      throw new MillraceError('NOT_FOUND', `Nobody holds the lock ${params.name} or waits for it. GET /api/v1/locks lists all.`)
    return explained(host, lock)
  },
})

/** Whoever waits for a lock wants to know what its holder waits for; where nobody waits, nobody asks. */
const explained = async (host: Host, lock: Lock): Promise<Lock> => {
  if (lock.queue.length === 0) return lock
  const holders = await Promise.all(
    lock.holders.map(async (holder) => {
      const why = await host.why(holder.instance)
      return { ...holder, ...(why === undefined ? {} : { why }) }
    }),
  )
  return { ...lock, holders }
}
