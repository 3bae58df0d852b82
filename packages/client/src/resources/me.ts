import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body } from './arguments.ts'

/** The person who asks. */
export const createMe = ({ call, setCsrf }: Transport) => ({
  /** Also takes over the CSRF token of the session, so that writes work after a page was loaded. */
  get: async (options?: CallOptions) => {
    const me = await call('GET /me', {}, options)
    setCsrf(me.csrf)
    return me
  },
  changePassword: (body: Body<'POST /me/password'>, options?: CallOptions) => call('POST /me/password', { body }, options),
  preferences: (options?: CallOptions) => call('GET /me/preferences', {}, options),
  savePreferences: (body: Body<'PUT /me/preferences'>, options?: CallOptions) => call('PUT /me/preferences', { body }, options),
})
