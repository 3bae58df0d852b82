import { type Draft, type DraftRow, type Host, MillraceError, type DraftPresence as Presence } from '@millrace/protocol'
import type { FastifyRequest } from 'fastify'
import { mayCall } from '../access/policy.ts'
import type { ServerContext } from '../context.ts'
import { Definitions, noSuchWorkflow } from '../definitions/definitions.ts'
import { DraftPresence } from '../definitions/draft-presence.ts'
import { readIfMatch, requireFresh, setEtag } from '../http/etag.ts'
import type { HandlersOf } from '../http/handler.ts'
import { paginate } from '../http/paginate.ts'
import { matchesSearch, newestFirst } from './workflows.ts'

export const modelHandlers = ({ feed, host, store, workspace, now }: ServerContext): HandlersOf<'models'> => {
  const definitions = new Definitions({ host, store, workspace })

  const presence = new DraftPresence(now)
  const presenceOf = (id: string): Presence => ({ model: id, readers: [...presence.readers(id)] })

  const requireDraft = async (id: string): Promise<DraftRow> => {
    const draft = await store.definitions.draft(workspace, id)
    if (draft === undefined) throw new MillraceError('NOT_FOUND', `Model ${id} has no draft. Save one with PUT /api/v1/models/${id}.`)
    return draft
  }

  return {
    list: async ({ caller, query }) => {
      const rows = (await definitions.list(caller, { kind: 'graph' })).filter((row) => matchesSearch(row, query))
      return paginate(rows, (row) => row.id, { ...query, asOf: await store.queries.position() })
    },
    create: async ({ body, caller, reply }) => {
      const { id, title, problems } = await host.checkModel(workspace, body.text, body.format)
      if (id === undefined) {
        throw new MillraceError('MODEL_INVALID', 'The text does not say which model it is: begin it with "id: NAME".', {
          details: { problems },
        })
      }
      if ((await store.definitions.draft(workspace, id)) !== undefined || (await store.definitions.version(workspace, id)) !== undefined) {
        throw new MillraceError(
          'EXISTS',
          `There is a workflow ${id} already. Save its draft with PUT /api/v1/models/${id}, or choose another id.`,
        )
      }
      const row = { workspace, id, title: title ?? id, ...body, updatedBy: caller.user, updatedAtMs: now() }
      const draft = await draftOf(host, await store.definitions.saveDraft(row, null))
      setEtag(reply, draft)
      reply.header('location', `/api/v1/models/${encodeURIComponent(id)}`)
      return draft
    },
    checkText: ({ body }) => host.checkModel(workspace, body.text, body.format),
    get: async ({ caller, params, reply }) => {
      const summary = await definitions.get(caller, params.id, 'graph')
      const row = mayCall('staff', caller.roles) ? await store.definitions.draft(workspace, params.id) : undefined
      if (row === undefined) return summary
      const draft = await draftOf(host, row)
      setEtag(reply, draft)
      return { ...summary, draft }
    },
    save: async ({ body, caller, params, reply, request }) => {
      const ifMatch = requireIfMatch(request, params.id)
      const { id, title } = await host.checkModel(workspace, body.text, body.format)
      if (id !== undefined && id !== params.id) {
        throw new MillraceError(
          'MODEL_INVALID',
          `The text is that of ${id}, not of ${params.id}. Save it under its own id, or change "id:" in it.`,
        )
      }
      const current = await store.definitions.draft(workspace, params.id)
      // A repeat after a lost answer has an old ETag, but asks for what is there.
      const isThere = current?.text === body.text && current.format === body.format
      const changed = { workspace, id: params.id, title: title ?? params.id, ...body, updatedBy: caller.user, updatedAtMs: now() }
      const draft = await draftOf(host, isThere ? current : await store.definitions.saveDraft(changed, ifMatch))
      setEtag(reply, draft)
      return draft
    },
    delete: async ({ caller, params, request }) => {
      await requireFresh(store, workspace, params.id, request)
      await definitions.get(caller, params.id, 'graph')
      const answer = await host.deleteWorkflow(workspace, params.id, caller.actor)
      await store.definitions.deleteDraft(workspace, params.id, caller.actor.user)
      return answer
    },
    discardDraft: async ({ caller, params, request }) => {
      await requireDraft(params.id)
      await requireFresh(store, workspace, params.id, request)
      await store.definitions.deleteDraft(workspace, params.id, caller.actor.user)
    },
    enterDraft: async ({ caller, params }) => {
      await requireDraft(params.id)
      const isNew = presence.enter(params.id, { user: caller.user, tab: params.tab })
      if (isNew) feed.tell('presence', presenceOf(params.id), mayEdit)
      return presenceOf(params.id)
    },
    leaveDraft: async ({ caller, params }) => {
      const isNew = presence.leave(params.id, { user: caller.user, tab: params.tab })
      if (isNew) feed.tell('presence', presenceOf(params.id), mayEdit)
    },
    check: async ({ params }) => {
      const draft = await requireDraft(params.id)
      return host.checkModel(workspace, draft.text, draft.format)
    },
    sync: async ({ body, caller, params, request }) => {
      await requireFresh(store, workspace, params.id, request)
      return host.syncModel(workspace, params.id, caller.actor, body.note)
    },
    impact: async ({ caller, params }) => {
      await definitions.get(caller, params.id, 'graph')
      return host.impact(workspace, params.id)
    },
    versions: async ({ caller, params, query }) => {
      const rows = await definitions.versions(caller, params.id)
      return paginate(rows, newestFirst, { ...query, asOf: await store.queries.position() })
    },
    version: ({ caller, params }) => definitions.version(caller, params.id, params.version),
    diff: async ({ params, query }) => {
      const latest = await store.definitions.version(workspace, params.id)
      if (latest === undefined) {
        if ((await store.definitions.draft(workspace, params.id)) === undefined) throw noSuchWorkflow(params.id)
        throw new MillraceError('NO_VERSION', `Model ${params.id} has no version to compare with. Sync it first.`)
      }
      const [from, to] = [query.from ?? latest.version, query.to ?? 'draft']
      return { workflow: params.id, from: String(from), to: String(to), changes: await host.diffModel(workspace, params.id, from, to) }
    },
  }
}

/** Those who may read a text. */
const mayEdit = ({ isStaff }: { readonly isStaff: boolean }): boolean => isStaff

const requireIfMatch = (request: FastifyRequest, id: string): string | null => {
  const ifMatch = readIfMatch(request)
  if (ifMatch !== undefined) return ifMatch
  throw new MillraceError(
    'ETAG_REQUIRED',
    `Say which draft of ${id} you change: If-Match with the ETag of GET /api/v1/models/${id}, or If-None-Match: * to create it.`,
  )
}

/** Problems are found when it is read: tasks and people come and go while a text stays. */
const draftOf = async (host: Host, row: DraftRow): Promise<Draft> => {
  const { problems, soundness } = await host.checkModel(row.workspace, row.text, row.format)
  const { id, text, format, etag, updatedBy, updatedAtMs } = row
  return { id, text, format, etag, updatedBy, updatedAtMs, problems, ...(soundness === undefined ? {} : { soundness }) }
}
