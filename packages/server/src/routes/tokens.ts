import { MillraceError } from '@millrace/protocol'
import { createApiToken } from '../access/api-token.ts'
import type { Caller } from '../access/caller.ts'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { paginate } from '../http/paginate.ts'

const DAY_MS = 86_400_000

const isAdministrator = (caller: Caller): boolean => caller.roles.includes('administrator')

export const tokenHandlers = ({ access, now, store }: ServerContext): HandlersOf<'tokens'> => ({
  list: async ({ caller, query }) => {
    const user = query.user ?? caller.user
    requireOwn(caller, user, 'see the tokens of')
    const tokens = await store.people.tokens(user === '*' ? undefined : user)
    return paginate(tokens, (token) => `${String(token.createdAtMs).padStart(15, '0')} ${token.id}`, {
      ...query,
      asOf: await store.queries.position(),
    })
  },
  create: async ({ body, caller }) => {
    const user = body.user ?? caller.user
    requireOwn(caller, user, 'make tokens for')
    if ((await store.people.user(user))?.isActive !== true) throw new MillraceError('NOT_FOUND', `There is no active user ${user}.`)
    const nowMs = now()
    const expires = body.expiresInDays === undefined ? {} : { expiresAtMs: nowMs + body.expiresInDays * DAY_MS }
    return createApiToken(store, { user, name: body.name, nowMs, ...expires })
  },
  delete: async ({ caller, params }) => {
    const token = (await store.people.tokens(isAdministrator(caller) ? undefined : caller.user)).find(({ id }) => id === params.id)
    if (token === undefined) throw new MillraceError('NOT_FOUND', `There is no token ${params.id} of yours. GET /api/v1/tokens lists them.`)
    await store.people.deleteToken(token.id, caller.actor.user)
    access.forget()
  },
})

const requireOwn = (caller: Caller, user: string, what: string): void => {
  if (user === caller.user || isAdministrator(caller)) return
  throw new MillraceError('FORBIDDEN', `Only administrators ${what} others.`)
}
