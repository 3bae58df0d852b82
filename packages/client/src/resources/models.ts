import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** Models: drafts, Sync and versions. */
export const createModels = ({ call }: Transport) => ({
  list: (query: Query<'GET /models'> = {}, options?: CallOptions) => call('GET /models', { query }, options),
  create: (body: Body<'POST /models'>, options?: CallOptions) => call('POST /models', { body }, options),
  /** Says what is wrong with a text without storing it. */
  checkText: (body: Body<'POST /models/check'>, options?: CallOptions) => call('POST /models/check', { body }, options),
  get: (id: string, options?: CallOptions) => call('GET /models/:id', { params: { id } }, options),
  /** Saves the draft: `{ ifMatch: etag }` to change it, `{ ifNoneMatch: true }` to create it. */
  save: (id: string, body: Body<'PUT /models/:id'>, options?: CallOptions) => call('PUT /models/:id', { params: { id }, body }, options),
  /** Deletes the draft and every version no open instance uses. */
  delete: (id: string, options?: CallOptions) => call('DELETE /models/:id', { params: { id } }, options),
  discardDraft: (id: string, options?: CallOptions) => call('DELETE /models/:id/draft', { params: { id } }, options),
  /** Says that the draft is open in a tab, and who else has it open; again every 20 s. */
  enterDraft: (id: string, tab: string, options?: CallOptions) =>
    call('PUT /models/:id/draft/readers/:tab', { params: { id, tab } }, options),
  leaveDraft: (id: string, tab: string, options?: CallOptions) =>
    call('DELETE /models/:id/draft/readers/:tab', { params: { id, tab } }, options),
  check: (id: string, options?: CallOptions) => call('POST /models/:id/check', { params: { id } }, options),
  /** What a Sync of the draft would do. */
  impact: (id: string, options?: CallOptions) => call('GET /models/:id/impact', { params: { id } }, options),
  /** Makes a version from the draft. */
  sync: (id: string, body: Body<'POST /models/:id/sync'> = {}, options?: CallOptions) =>
    call('POST /models/:id/sync', { params: { id }, body }, options),
  versions: (id: string, query: Query<'GET /models/:id/versions'> = {}, options?: CallOptions) =>
    call('GET /models/:id/versions', { params: { id }, query }, options),
  version: (id: string, version: number, options?: CallOptions) =>
    call('GET /models/:id/versions/:version', { params: { id, version } }, options),
  /** Absent `to` is the draft, absent `from` the newest version. */
  diff: (id: string, query: Query<'GET /models/:id/diff'> = {}, options?: CallOptions) =>
    call('GET /models/:id/diff', { params: { id }, query }, options),
})
