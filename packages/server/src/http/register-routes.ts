/**
 * Puts the route table on Fastify: for each entry its address, who may call it, its schemas, and the handler that its noun's file gives.
 *
 * The order of one request: credentials and rights (before a byte of the body is read), body, schemas, idempotency, handler.
 */
import { API_BASE, BODY_LIMIT, MillraceError, PATH_ALIASES, type Route, routes } from '@millrace/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Caller } from '../access/caller.ts'
import { mayCall, rolesFor } from '../access/policy.ts'
import { isSameSecret } from '../access/secret.ts'
import type { ServerContext } from '../context.ts'
import { credentialsOf } from './credentials.ts'
import type { Call, Handler, Handlers } from './handler.ts'
import { commandOptions, KeptAnswers } from './idempotency.ts'
import { schemaOf } from '../reference/route-schema.ts'
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
  for (const [noun, entries] of Object.entries(routes)) {
    for (const [name, route] of Object.entries<Route>(entries)) {
      const handler = (handlers as unknown as { readonly [noun: string]: { readonly [name: string]: Handler<Route> } })[noun]?.[name]
      if (handler === undefined) throw new Error(`No handler for ${noun}.${name}`)
      addRoute(app, context, { route, operationId: `${noun}.${name}`, handler, kept })
    }
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
const guard = (context: ServerContext, route: Route): onRequestHookHandler => {
  const admit = (request: FastifyRequest, caller: Caller | undefined): Error | undefined => {
    if (caller === undefined) return signInFirst(request)
    request.caller = caller
    return refusal(route, request, caller)
  }
  return (request, _reply, done) => {
    const credentials = credentialsOf(request)
    const known = context.access.cached(credentials)
    // No promise on the way of nearly all requests.
    if (known !== undefined) done(admit(request, known))
    else context.access.authenticate(credentials).then((caller) => done(admit(request, caller)), done)
  }
}

const signInFirst = (request: FastifyRequest): MillraceError =>
  request.headers.authorization !== undefined
    ? new MillraceError('UNAUTHENTICATED', 'The token in Authorization is unknown, revoked or expired. "millrace login" makes a new one.')
    : new MillraceError('UNAUTHENTICATED', `Sign in first: POST ${API_BASE}/session, or send Authorization: Bearer mr_….`)

const refusal = (route: Route, request: FastifyRequest, caller: Caller): MillraceError | undefined => {
  if (!mayCall(route.access, caller.roles)) {
    const needed = route.access === 'public' ? 'anybody' : rolesFor(route.access)
    return new MillraceError('FORBIDDEN', `${route.method} ${route.path} needs the role ${needed}; ${caller.user} has ${rolesOf(caller)}.`)
  }
  if (route.method === 'GET' || caller.credential.kind !== 'session') return undefined
  const sent = request.headers['x-csrf-token']
  if (typeof sent === 'string' && isSameSecret(sent, caller.credential.csrf)) return undefined
  return new MillraceError('CSRF', 'A write by cookie needs the header X-CSRF-Token with `csrf` from GET /api/v1/me.')
}

const rolesOf = (caller: Caller): string => (caller.roles.length === 0 ? 'no role' : caller.roles.join(', '))
