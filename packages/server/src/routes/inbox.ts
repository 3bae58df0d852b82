import { MillraceError } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const inboxHandlers = ({ store, workspace }: ServerContext): HandlersOf<'inbox'> => ({
  list: async ({ caller, query }) => {
    const { cursor, limit, view, workflow, search, instance, sort, trouble, createdFrom, createdTo } = query
    if (view === 'all' && !caller.reader.seesAll) {
      throw new MillraceError('FORBIDDEN', 'The view "all" is for operators. "open" shows what you can decide.')
    }
    const filter = {
      workspace,
      reader: caller.reader,
      view,
      ...(workflow === undefined ? {} : { workflow }),
      ...(search === undefined ? {} : { search }),
      ...(instance === undefined ? {} : { instance }),
      ...(sort === undefined ? {} : { sort }),
      ...(trouble === undefined ? {} : { trouble }),
      ...(createdFrom === undefined ? {} : { createdFromMs: Date.parse(createdFrom) }),
      ...(createdTo === undefined ? {} : { createdToMs: Date.parse(createdTo) }),
    }
    return store.queries.inbox(filter, { cursor, limit })
  },
  counts: async ({ caller }) => {
    const asOf = await store.queries.position()
    const counts = await store.queries.inboxCounts(workspace, caller.reader)
    return { ...counts, unread: await store.queries.unread(workspace, caller.reader), asOf }
  },
})
