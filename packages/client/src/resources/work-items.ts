import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body } from './arguments.ts'

/** Work items: read and decide them. */
export const createWorkItems = ({ call }: Transport) => ({
  get: (id: string, options?: CallOptions) => call('GET /work-items/:id', { params: { id } }, options),
  claim: (id: string, body: Body<'POST /work-items/:id/claim'> = {}, options?: CallOptions) =>
    call('POST /work-items/:id/claim', { params: { id }, body }, options),
  unclaim: (id: string, body: Body<'POST /work-items/:id/unclaim'> = {}, options?: CallOptions) =>
    call('POST /work-items/:id/unclaim', { params: { id }, body }, options),
  /** Decides. With the `version` you read, a change in between is a 409 instead of a blind decision. */
  complete: (id: string, body: Body<'POST /work-items/:id/complete'> = {}, options?: CallOptions) =>
    call('POST /work-items/:id/complete', { params: { id }, body }, options),
  delegate: (id: string, body: Body<'POST /work-items/:id/delegate'>, options?: CallOptions) =>
    call('POST /work-items/:id/delegate', { params: { id }, body }, options),
  stepBack: (id: string, body: Body<'POST /work-items/:id/step-back'> = {}, options?: CallOptions) =>
    call('POST /work-items/:id/step-back', { params: { id }, body }, options),
  comment: (id: string, body: Body<'POST /work-items/:id/comments'>, options?: CallOptions) =>
    call('POST /work-items/:id/comments', { params: { id }, body }, options),
  /** The person has opened it: no longer unread for them. */
  seen: (id: string, options?: CallOptions) => call('PUT /work-items/:id/seen', { params: { id } }, options),
  /** What the person typed and has not sent; `null` if nothing. */
  draft: (id: string, options?: CallOptions) => call('GET /work-items/:id/draft', { params: { id } }, options),
  saveDraft: (id: string, body: Body<'PUT /work-items/:id/draft'>, options?: CallOptions) =>
    call('PUT /work-items/:id/draft', { params: { id }, body }, options),
  discardDraft: (id: string, options?: CallOptions) => call('DELETE /work-items/:id/draft', { params: { id } }, options),
})
