/**
 * The HTTP server: API, event streams, API reference and console over one Host.
 *
 * Owns: the Fastify instance and its life cycle. Does not own: the host and the store, which outlive it.
 */
import type { Host, Store } from '@millrace/protocol'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { DestinationStream } from 'pino'
import { Access } from './access/access.ts'
import { refuseOpenDoor } from './access/administrator.ts'
import type { PasswordCost } from './access/password.ts'
import { openBackupFolder } from './backup-folder.ts'
import type { ServerContext } from './context.ts'
import { Feed } from './events/feed.ts'
import { handlers } from './handlers.ts'
import { addBodyParser } from './http/body-parser.ts'
import { handleErrors, handleNotFound, onClientError, onFrameworkError } from './http/failures.ts'
import { DEFAULT_PORT, listenError } from './http/listen-address.ts'
import { parseQuery } from './http/query-parser.ts'
import { registerRoutes } from './http/register-routes.ts'
import { validatorCompiler } from './http/validator.ts'
import { createLogger, type LogLevel } from './observability/log.ts'
import { createMetrics, type Metrics } from './observability/metrics.ts'
import { addOperations } from './observability/operations.ts'
import { createRequestIds } from './observability/request-id.ts'
import { addConsole } from './pages/console.ts'
import { addReference } from './reference/add-reference.ts'
import { registerApiDocument } from './reference/api-document.ts'

export interface ServerOptions {
  readonly host: Host
  /** Shown in the API reference. */
  readonly version: string
  /** Namespace served; default `default`. */
  readonly workspace?: string
  /** Folder with the console's build; without one `/` says what to do. */
  readonly console?: string
  /** Folder backups are written to; without one there are none. */
  readonly backups?: string
  /** Default `info`: requests that succeed are not logged, only those of level `debug` are. */
  readonly logLevel?: LogLevel
  /** Default stdout. */
  readonly logTo?: DestinationStream
  /** Proxies whose `X-Forwarded-*` count: an address, a list, or `true` for any. Default none. */
  readonly trustProxy?: boolean | string | readonly string[]
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number
  /** For tests: cheaper passwords. */
  readonly passwordCost?: PasswordCost
}

export interface Server {
  /**
   * Begins to answer. @returns the address, `http://127.0.0.1:7400`.
   * @throws MillraceError PORT_IN_USE, NO_ADMINISTRATOR (others could reach it and nobody guards it).
   */
  listen(options?: { readonly host?: string; readonly port?: number }): Promise<string>
  /** One request without a socket, for tests and for programs that embed Millrace. */
  readonly inject: FastifyInstance['inject']
  /** Ends streams, answers what was accepted, stops listening. The host stays open. */
  close(): Promise<void>
}

/**
 * @example
 * const server = await createServer({ host, version: '0.1.0' })
 * console.log(await server.listen({ port: 7400 }))
 */
export const createServer = async (options: ServerOptions): Promise<Server> => {
  const { host } = options
  const { store } = host
  const workspace = options.workspace ?? 'default'
  const now = options.now ?? Date.now
  const log: FastifyBaseLogger = createLogger(options.logLevel ?? 'info', options.logTo)
  const access = new Access({ store, now, ...(options.passwordCost === undefined ? {} : { passwordCost: options.passwordCost }) })
  const stopForgetting = forgetOnChange(store, access)
  const feed = new Feed({ host, store, access, workspace, now, onDefect: (error) => log.error({ err: error }, 'An event stream failed.') })
  const backups = options.backups === undefined ? undefined : openBackupFolder({ folder: options.backups, store, now })
  const context: ServerContext = { host, store, access, feed, backups, workspace, now }
  const metrics = createMetrics({ host, store, openStreams: () => feed.size })
  const requestId = createRequestIds()

  const app = fastify({
    loggerInstance: log,
    // One line per request would cost more than the request; those that fail are logged where they fail.
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger per request only to hold its id: ours is written where it is needed.
    childLoggerFactory: (logger) => logger,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    ...(options.trustProxy === undefined
      ? {}
      : { trustProxy: typeof options.trustProxy === 'object' ? [...options.trustProxy] : options.trustProxy }),
    // Callback tokens and ids of imported models are longer than the router's 100.
    routerOptions: { maxParamLength: 1_000, querystringParser: parseQuery, ignoreTrailingSlash: true },
    frameworkErrors: onFrameworkError,
    clientErrorHandler: onClientError,
    forceCloseConnections: 'idle',
  })
  handleErrors(app)
  app.setValidatorCompiler(validatorCompiler)
  // Answers are made by our own types; checking them again would cost more than making them. Tests check them.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  addBodyParser(app)
  observeRequests(app, metrics)
  await registerApiDocument(app, options.version)
  registerRoutes(app, context, handlers(context))
  addOperations(app, { host, access, metrics })
  addReference(app)
  handleNotFound(app, await addConsole(app, options.console))
  app.addHook('preClose', async () => feed.close())
  await app.ready()

  return {
    inject: app.inject.bind(app),
    listen: async ({ host: address = '127.0.0.1', port = DEFAULT_PORT } = {}) => {
      await refuseOpenDoor(store, address)
      try {
        return await app.listen({ host: address, port })
      } catch (error) {
        throw listenError(error, address, port)
      }
    },
    close: async () => {
      stopForgetting()
      await app.close()
    },
  }
}

/** People may be changed by others than the API: the command line on this machine, a program that embeds Millrace. */
const forgetOnChange = (store: Store, access: Access): (() => void) => {
  const nouns = new Set(['user', 'group', 'token'])
  // Of the store, not of the host: the host tells a little later, and a right that was taken must not last a request longer.
  return store.subscribe((events) => {
    if (events.some((event) => nouns.has(event.noun))) access.forget()
  })
}

const observeRequests = (app: FastifyInstance, metrics: Metrics): void => {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: reply.elapsedTime })
    request.log.debug({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
    done()
  })
}
