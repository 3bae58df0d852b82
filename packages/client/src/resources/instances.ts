import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** Instances: start, find, watch and steer them. */
export const createInstances = ({ call }: Transport) => ({
  /** Answered after the commit. */
  start: (body: Body<'POST /instances'>, options?: CallOptions) => call('POST /instances', { body }, options),
  /** By any field and by data: `{ status: ['RUNNING'], data: { 'order.id': 'A1' } }`. */
  list: (query: Query<'GET /instances'> = {}, options?: CallOptions) => call('GET /instances', { query }, options),
  counts: (options?: CallOptions) => call('GET /instances/counts', {}, options),
  get: (id: string, options?: CallOptions) => call('GET /instances/:id', { params: { id } }, options),
  /** Facts in order; `{ after }` goes on from a fact, `{ before }` alone gives the last ones before it. */
  history: (id: string, query: Query<'GET /instances/:id/history'> = {}, options?: CallOptions) =>
    call('GET /instances/:id/history', { params: { id }, query }, options),
  /** Where the time of each step went, by cause; a window of it. */
  timeline: (id: string, query: Query<'GET /instances/:id/timeline'> = {}, options?: CallOptions) =>
    call('GET /instances/:id/timeline', { params: { id }, query }, options),
  /** What an action would do: `{ action: 'terminate' }`. Give its `facts` back with the action as `ifFacts`. */
  preview: (id: string, body: Body<'POST /instances/:id/preview'>, options?: CallOptions) =>
    call('POST /instances/:id/preview', { params: { id }, body }, options),
  suspend: (id: string, body: Body<'POST /instances/:id/suspend'> = {}, options?: CallOptions) =>
    call('POST /instances/:id/suspend', { params: { id }, body }, options),
  resume: (id: string, body: Body<'POST /instances/:id/resume'> = {}, options?: CallOptions) =>
    call('POST /instances/:id/resume', { params: { id }, body }, options),
  /** Ends orderly: running attempts get their abort and a limited time. */
  cancel: (id: string, body: Body<'POST /instances/:id/cancel'> = {}, options?: CallOptions) =>
    call('POST /instances/:id/cancel', { params: { id }, body }, options),
  /** Ends at once. */
  terminate: (id: string, body: Body<'POST /instances/:id/terminate'> = {}, options?: CallOptions) =>
    call('POST /instances/:id/terminate', { params: { id }, body }, options),
  /** Begins the next run, from the start or `from` a node. */
  restart: (id: string, body: Body<'POST /instances/:id/restart'> = {}, options?: CallOptions) =>
    call('POST /instances/:id/restart', { params: { id }, body }, options),
  retry: (id: string, body: Body<'POST /instances/:id/retry'> = {}, options?: CallOptions) =>
    call('POST /instances/:id/retry', { params: { id }, body }, options),
  skip: (id: string, body: Body<'POST /instances/:id/skip'>, options?: CallOptions) =>
    call('POST /instances/:id/skip', { params: { id }, body }, options),
  changeData: (
    id: string,
    body: Body<'PATCH /instances/:id/data'>,
    query: Query<'PATCH /instances/:id/data'> = {},
    options?: CallOptions,
  ) => call('PATCH /instances/:id/data', { params: { id }, query, body }, options),
  message: (id: string, body: Body<'POST /instances/:id/messages'>, options?: CallOptions) =>
    call('POST /instances/:id/messages', { params: { id }, body }, options),
})
