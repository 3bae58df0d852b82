import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** People who may sign in. */
export const createUsers = ({ call }: Transport) => ({
  list: (query: Query<'GET /users'> = {}, options?: CallOptions) => call('GET /users', { query }, options),
  create: (body: Body<'POST /users'>, options?: CallOptions) => call('POST /users', { body }, options),
  get: (name: string, options?: CallOptions) => call('GET /users/:name', { params: { name } }, options),
  change: (name: string, body: Body<'PATCH /users/:name'>, options?: CallOptions) =>
    call('PATCH /users/:name', { params: { name }, body }, options),
  /** Without a password the server makes one and says it once. */
  setPassword: (name: string, body: Body<'POST /users/:name/password'> = {}, options?: CallOptions) =>
    call('POST /users/:name/password', { params: { name }, body }, options),
})
