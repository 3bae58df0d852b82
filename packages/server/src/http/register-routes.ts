/**
 * Puts the route table on Fastify: for each entry its address, who may call it, its schemas, and the handler that its noun's file gives.
 *
 * The order of one request: credentials and rights (before a byte of the body is read), body, schemas, idempotency, handler.
 */
import { API_BASE, BODY_LIMIT, listRoutes, MillraceError, PATH_ALIASES, type Route } from '@millrace/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Caller } from '../access/caller.ts'
import { mayCall, rolesFor } from '../access/policy.ts'
import { isSameSecret } from '../access/secret.ts'
import type { ServerContext } from '../context.ts'
import { schemaOf } from '../reference/route-schema.ts'
import { credentialsOf } from './credentials.ts'
import type { Call, Handler, Handlers } from './handler.ts'
import { commandOptions, KeptAnswers } from './idempotency.ts'
import { API_HEADERS } from './security-headers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that is not public, before its handler runs. */
    caller: Caller | undefined
  }
}

export const registerRoutes = (app: FastifyInstance, context: ServerContext, handlers: Handlers): void => {
  app.decorateRequest('caller', undefined)
  const kept = new KeptAnswers(context.store, context.workspace, context.now)
  // The mapped types of handlers.ts have made sure that there is one for each; here they are all alike.
  const byNoun = handlers as unknown as { readonly [noun: string]: { readonly [name: string]: Handler<Route> } }
  for (const { id, route } of listRoutes()) {
    const [noun = '', name = ''] = id.split('.')
    const handler = byNoun[noun]?.[name]
    if (handler === undefined) throw new Error(`No handler for ${id}`)
    addRoute(app, context, { route, operationId: id, handler, kept })
  }
}

interface Entry {
  readonly route: Route
  readonly operationId: string
  readonly handler: Handler<Route>
  readonly kept: KeptAnswers
}

const addRoute = (app: FastifyInstance, context: ServerContext, { route, operationId, handler, kept }: Entry): void => {
  const status = Number(Object.keys(route.answers)[0])
  const isKept = route.repeat === 'kept'
  const run = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { caller } = request
    const options = route.repeat === undefined ? {} : commandOptions(request, caller)
    const call = {
      params: request.params,
      query: request.query,
      body: request.body,
      caller,
      options,
      request,
      reply,
    } as unknown as Call<Route>
    const answer = isKept ? await kept.once(options, () => handler(call)) : await handler(call)
    if (reply.sent) return reply
    reply.headers(API_HEADERS)
    if (status === 204) return reply.code(204).send()
    reply.code(status)
    return answer
  }
  const aliases = Object.entries(PATH_ALIASES).flatMap(([alias, path]) =>
    route.path === path || route.path.startsWith(`${path}/`) ? [alias + route.path.slice(path.length)] : [],
  )
  for (const path of [route.path, ...aliases]) {
    app.route({
      method: route.method,
      url: API_BASE + path,
      // A stream has no head to ask for: it would never end.
      exposeHeadRoute: route.method === 'GET' && route.streams === undefined,
      bodyLimit: route.bodyLimit ?? BODY_LIMIT,
      schema: schemaOf(route, { operationId, isAlias: path !== route.path }),
      onRequest: route.access === 'public' ? [] : [guard(context, route)],
      handler: run,
    })
  }
}

/** Lets in who may call the route; everybody else gets the answer that says why. */
const guard =
  ({ access }: ServerContext, route: Route): onRequestAsyncHookHandler =>
  async (request) => {
    const credentials = credentialsOf(request)
    const caller = access.cached(credentials) ?? (await access.authenticate(credentials))
    if (caller === undefined) throw signInFirst(request)
    requireRight(route, caller)
    if (route.method !== 'GET') requireCsrfToken(request, caller)
    request.caller = caller
  }

const signInFirst = (request: FastifyRequest): MillraceError =>
  request.headers.authorization !== undefined
    ? new MillraceError('UNAUTHENTICATED', 'The token in Authorization is unknown, revoked or expired. "millrace login" makes a new one.')
    : new MillraceError('UNAUTHENTICATED', `Sign in first: POST ${API_BASE}/session, or send Authorization: Bearer mr_….`)

const requireRight = (route: Route, caller: Caller): void => {
  if (route.access === 'public' || mayCall(route.access, caller.roles)) return
  const needed = rolesFor(route.access)
  throw new MillraceError('FORBIDDEN', `${route.method} ${route.path} needs the role ${needed}; ${caller.user} has ${rolesOf(caller)}.`)
}

/** A browser sends cookies also with requests that other pages make it send; it does not send this header. */
const requireCsrfToken = (request: FastifyRequest, { credential }: Caller): void => {
  if (credential.kind !== 'session') return
  const sent = request.headers['x-csrf-token']
  if (typeof sent === 'string' && isSameSecret(sent, credential.csrf)) return
  throw new MillraceError('CSRF', `A write by cookie needs the header X-CSRF-Token with "csrf" from GET ${API_BASE}/me.`)
}

const rolesOf = (caller: Caller): string => (caller.roles.length === 0 ? 'no role' : caller.roles.join(', '))
