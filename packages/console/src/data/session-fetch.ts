/**
 * The `fetch` under the console's client. A request refused because the session ended waits until the person has signed in again and is then
 * repeated as it was, with its Idempotency-Key; one refused because another tab signed in anew is repeated with the new CSRF token.
 */
import type { Fetch } from '@millrace/client'
import type { ConnectionCell } from './connection.ts'
import type { SessionCell } from './session.ts'

export interface SessionFetchOptions {
  readonly send: Fetch
  readonly session: SessionCell
  readonly connection: ConnectionCell
  /** Reads `/me` afresh and gives its CSRF token; undefined if nobody is signed in. */
  readonly readCsrf: () => Promise<string | undefined>
}

/** Here a 401 answers the question itself: the password was wrong. */
const ASKS_FOR_PASSWORD = /\/api\/v1\/(session|me\/password)$/

export const createSessionFetch = ({ send, session, connection, readCsrf }: SessionFetchOptions): Fetch => {
  const once: Fetch = async (url, init) => {
    let response: Response
    try {
      response = await send(url, init)
    } catch (error) {
      if (init.signal?.aborted !== true) connection.heard(false)
      throw error
    }
    // A gateway that answers for a server that is down.
    const isGateway = (response.status === 502 || response.status === 504) && !isProblem(response)
    connection.heard(!isGateway)
    if (isWrite(init)) connection.wrote(response.status)
    return response
  }

  return async (url, init) => {
    const response = await once(url, init)
    if (response.status === 401 && session.me() !== undefined && !ASKS_FOR_PASSWORD.test(url)) {
      await session.renewed(init.signal)
      return once(url, withCsrf(init, session.me()?.csrf))
    }
    if (response.status === 403 && isWrite(init) && (await codeOf(response)) === 'CSRF') {
      return once(url, withCsrf(init, await readCsrf()))
    }
    return response
  }
}

const isWrite = (init: RequestInit): boolean => init.method !== undefined && init.method !== 'GET'

const isProblem = (response: Response): boolean => response.headers.get('content-type')?.includes('problem+json') === true

const codeOf = async (response: Response): Promise<unknown> => {
  try {
    const problem = (await response.clone().json()) as { readonly code?: unknown }
    return problem.code
  } catch {
    return undefined
  }
}

const withCsrf = (init: RequestInit, csrf: string | undefined): RequestInit => {
  if (csrf === undefined || !isWrite(init)) return init
  const headers = new Headers(init.headers)
  headers.set('x-csrf-token', csrf)
  return { ...init, headers }
}
