import { hash } from 'node:crypto'
import { MillraceError, type WorkflowSummary } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import { Definitions } from '../definitions/definitions.ts'
import type { HandlersOf } from '../http/handler.ts'
import { paginate } from '../http/paginate.ts'
import { withoutUndefined } from '../without-undefined.ts'

export const workflowHandlers = ({ host, store, workspace }: ServerContext): HandlersOf<'workflows'> => {
  const definitions = new Definitions({ host, store, workspace })
  return {
    list: async ({ caller, query }) => {
      const rows = (await definitions.list(caller, { kind: query.kind })).filter((row) => matchesSearch(row, query))
      return paginate(rows, (row) => row.id, { ...query, asOf: await store.queries.position() })
    },
    get: ({ caller, params }) => definitions.get(caller, params.id),
    sync: ({ body, caller, params }) => {
      const { bundle, note, ...rest } = body
      const bytes = Buffer.from(bundle, 'base64')
      if (hash('sha256', bytes) !== body.hash) {
        throw new MillraceError('BAD_REQUEST', 'The bundle is not the one its hash names: it was damaged on the way. Send it again.', {
          details: { in: 'body', pointer: '/hash' },
        })
      }
      return host.syncCode(workspace, { ...withoutUndefined(rest), id: params.id, bundle: bytes }, caller.actor, note)
    },
    delete: async ({ caller, params }) => {
      await definitions.get(caller, params.id)
      return host.deleteWorkflow(workspace, params.id, caller.actor)
    },
    versions: async ({ caller, params, query }) => {
      const rows = await definitions.versions(caller, params.id)
      return paginate(rows, newestFirst, { ...query, asOf: await store.queries.position() })
    },
    version: ({ caller, params }) => definitions.version(caller, params.id, params.version),
  }
}

/** Sorts version 12 before version 3. */
export const newestFirst = ({ version }: { readonly version: number }): string => String(1e9 - version)

export const matchesSearch = (
  row: WorkflowSummary,
  { search, tag }: { readonly search?: string | undefined; readonly tag?: string | undefined },
): boolean => {
  const text = `${row.id} ${row.title} ${row.description ?? ''}`.toLowerCase()
  return (search === undefined || text.includes(search.toLowerCase())) && (tag === undefined || row.tags.includes(tag))
}
