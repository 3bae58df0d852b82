import { type Draft, MillraceError, type Store } from '@millrace/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** ETags go over the wire in quotes (RFC 9110), in bodies without. */
export const setEtag = (reply: FastifyReply, draft: Pick<Draft, 'etag'>): void => {
  reply.header('etag', `"${draft.etag}"`)
}

/**
 * The state of a draft a write is meant for: an ETag, `null` = it must not exist (`If-None-Match: *`), undefined = the caller does not say.
 * Weak tags and quotes are accepted.
 */
export const readIfMatch = (request: FastifyRequest): string | null | undefined => {
  if (request.headers['if-none-match'] === '*') return null
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  return header
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1')
}

/** For writes that do not hand the ETag on to the store. @throws MillraceError STALE_ETAG. */
export const requireFresh = async (store: Store, workspace: string, id: string, request: FastifyRequest): Promise<void> => {
  const wanted = readIfMatch(request)
  if (wanted === undefined || wanted === null) return
  const draft = await store.definitions.draft(workspace, id)
  if (draft?.etag === wanted) return
  const now = draft === undefined ? 'it is gone' : `${draft.updatedBy} changed it since`
  throw new MillraceError('STALE_ETAG', `The draft of ${id} is not the one you read: ${now}. Read it again.`, {
    details: draft === undefined ? {} : { etag: draft.etag, updatedBy: draft.updatedBy, updatedAtMs: draft.updatedAtMs },
  })
}
