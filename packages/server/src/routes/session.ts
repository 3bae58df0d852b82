import { meOf } from '../access/access.ts'
import { addressOf } from '../access/address.ts'
import { sessionCookie } from '../access/session-cookie.ts'
import type { ServerContext } from '../context.ts'
import { credentialsOf } from '../http/credentials.ts'
import type { HandlersOf } from '../http/handler.ts'

export const sessionHandlers = ({ access, workspace }: ServerContext): HandlersOf<'session'> => ({
  current: async ({ request }) => {
    const credentials = credentialsOf(request)
    const caller = access.cached(credentials) ?? (await access.authenticate(credentials))
    return caller === undefined ? null : meOf(caller, workspace)
  },
  signIn: async ({ body, request, reply }) => {
    const { secret, caller } = await access.signIn(body.user, body.password, addressOf(request))
    reply.header('set-cookie', sessionCookie(request, secret))
    return meOf(caller, workspace)
  },
  signOut: async ({ caller, request, reply }) => {
    await access.signOut(caller.credential)
    reply.header('set-cookie', sessionCookie(request, undefined))
  },
})
