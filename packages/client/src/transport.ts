/**
 * Sends one call of the route table and gives its answer, or throws a MillraceError.
 *
 * Owns: headers, the idempotency key, repeating after a broken connection, reading errors. Does not own: which calls there are (`resources/`).
 * Only types come from the schemas, so that a browser loads no zod.
 */
import type { AnswerOf, ArgumentsOf, RouteByKey, RouteKey } from '@millrace/protocol'
import { MillraceError } from '@millrace/protocol/error'
import { API_BASE } from '@millrace/protocol/route'
import { newIdempotencyKey } from './idempotency-key.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import { errorOfResponse } from './problem.ts'
import { queryString } from './query-string.ts'

export interface Transport {
  /** One call, typed by its entry in the route table. */
  readonly call: <K extends RouteKey>(key: K, args: ArgumentsOf<RouteByKey[K]>, options?: CallOptions) => Promise<AnswerOf<RouteByKey[K]>>
  /** An answer whose body is read as it comes. @throws MillraceError when it is refused. */
  readonly open: (path: string, headers: { readonly [name: string]: string }, signal: AbortSignal) => Promise<Response>
  /** The token to send with writes from now on. */
  readonly setCsrf: (csrf: string | undefined) => void
}

interface Arguments {
  readonly params?: { readonly [name: string]: string | number }
  readonly query?: { readonly [name: string]: unknown }
  readonly body?: unknown
}

export const createTransport = (options: ClientOptions): Transport => {
  const base = options.baseUrl.replace(/\/+$/, '')
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init))
  const attempts = options.attempts ?? 3
  const delayMs = options.delayMs ?? ((attempt: number) => 100 * 2 ** (attempt - 1))
  let csrf = options.csrf

  const common: { [name: string]: string } = { accept: 'application/json' }
  if (options.token !== undefined) common.authorization = `Bearer ${options.token}`
  if (options.as !== undefined) common['x-millrace-as'] = options.as
  if (options.userAgent !== undefined) common['user-agent'] = options.userAgent

  const unreachable = (cause: unknown): MillraceError =>
    new MillraceError(
      'UNREACHABLE',
      `No answer from ${base === '' ? 'the server' : base} (${reasonOf(cause)}). Is it running? "millrace start" starts one.`,
      { cause },
    )

  /** One try. A refusal is thrown as the error it says; a connection that broke, as UNREACHABLE. */
  const attempt = async (url: string, init: RequestInit): Promise<Response> => {
    let response: Response
    try {
      response = await send(url, init)
    } catch (cause) {
      if (init.signal?.aborted === true) throw cause
      throw unreachable(cause)
    }
    if (!response.ok) throw await errorOfResponse(response)
    return response
  }

  const withRepeats = async <T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
    for (let n = 1; ; n++) {
      try {
        return await run()
      } catch (error) {
        if (n >= attempts || !(error instanceof MillraceError) || !isWorthRepeating(error)) throw error
        await pause(delayMs(n + 1), signal)
      }
    }
  }

  return {
    call: async (key, args, callOptions = {}) => {
      const given = args as Arguments
      const { method, url } = addressOf(base, key, given)
      const { body } = given
      const headers: { [name: string]: string } = { ...common }
      if (method !== 'GET') {
        headers['idempotency-key'] = callOptions.idempotencyKey ?? newIdempotencyKey()
        if (csrf !== undefined) headers['x-csrf-token'] = csrf
      }
      if (body !== undefined) headers['content-type'] = 'application/json'
      if (callOptions.ifMatch !== undefined) headers['if-match'] = callOptions.ifMatch
      if (callOptions.ifNoneMatch === true) headers['if-none-match'] = '*'
      const init: RequestInit = { method, headers }
      if (body !== undefined) init.body = JSON.stringify(body)
      if (callOptions.signal !== undefined) init.signal = callOptions.signal
      // The body is read inside the try: an answer cut off in the middle is repeated like one that never came.
      const answer = await withRepeats(async () => {
        const response = await attempt(url, init)
        if (response.status === 204) return undefined
        try {
          return await response.json()
        } catch (cause) {
          if (init.signal?.aborted === true) throw cause
          throw unreachable(cause)
        }
      }, callOptions.signal)
      return answer as AnswerOf<RouteByKey[typeof key]>
    },
    open: (path, headers, signal) => attempt(`${base}${API_BASE}${path}`, { headers: { ...common, ...headers }, signal }),
    setCsrf: (value) => {
      csrf = value
    },
  }
}

/** `POST /instances/:id/suspend` with its arguments → method and full address. */
const addressOf = (base: string, key: string, args: Arguments): { readonly method: string; readonly url: string } => {
  const space = key.indexOf(' ')
  const path = key.slice(space + 1).replace(/:(\w+)/g, (_, name: string) => {
    const value = args.params?.[name]
    if (value === undefined || value === '') throw new TypeError(`${key} needs ${name}`)
    return encodeURIComponent(value)
  })
  return { method: key.slice(0, space), url: `${base}${API_BASE}${path}${queryString(args.query)}` }
}

/** A full disk does not pass within a second; the others may. */
const isWorthRepeating = (error: MillraceError): boolean =>
  error.code === 'UNREACHABLE' || error.code === 'OVERLOADED' || error.code === 'HOST_STOPPING'

/** Node hides the reason (`ECONNREFUSED`) in the cause of `fetch failed`. */
const reasonOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (!(inner instanceof Error)) return String(inner)
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message
}

/** Rejects with the signal's reason when it aborts meanwhile. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
