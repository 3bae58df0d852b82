import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { withoutUndefined } from '../without-undefined.ts'

export const incidentHandlers = ({ host, store, workspace }: ServerContext): HandlersOf<'incidents'> => ({
  list: ({ query: { limit, ...rest } }) => store.queries.incidents(workspace, { ...withoutUndefined(rest), limit }),
  groups: ({ query: { cursor, limit, ...filter } }) => host.incidentGroups(workspace, withoutUndefined(filter), { cursor, limit }),
})
