import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body } from './arguments.ts'

/** Signing in and out with a password; the browser keeps the cookie, the client the CSRF token. */
export const createSession = ({ call, setCsrf }: Transport) => ({
  /** Who is signed in, or null: asked before anybody is. Takes over the CSRF token, as `me.get` does. */
  current: async (options?: CallOptions) => {
    const me = await call('GET /session', {}, options)
    setCsrf(me?.csrf)
    return me
  },
  signIn: async (body: Body<'POST /session'>, options?: CallOptions) => {
    const me = await call('POST /session', { body }, options)
    setCsrf(me.csrf)
    return me
  },
  signOut: async (options?: CallOptions): Promise<void> => {
    await call('DELETE /session', {}, options)
    setCsrf(undefined)
  },
})
