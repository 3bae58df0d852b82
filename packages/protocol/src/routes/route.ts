import type { z } from 'zod'
import type { ErrorCode } from '../error.ts'

/** Every route below stands under this. */
export const API_BASE = '/api/v1'

/** Longest body of a route that does not say otherwise: 1 MiB. Instances keep references, not documents. */
export const BODY_LIMIT = 1_048_576
/** Longest text of a model, 8 MiB: the largest imported model seen is 0.4 MB. */
export const MODEL_BODY_LIMIT = 8_388_608
/** Longest bundle of a code workflow in base64, 16 MiB: a bundle has no dependencies inside, so it is source of one author. */
export const BUNDLE_BODY_LIMIT = 16_777_216

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call a route. `public`: nobody needs to sign in. `member`: everyone who has, for what is theirs. `editor` and `operator`: those and
 * administrators. `staff`: editors, operators and administrators. What a person sees of the rows is the reader's business, not the route's.
 */
export type Access = 'public' | 'member' | 'editor' | 'operator' | 'staff' | 'administrator'

/** One address with one method: what it takes, what it answers, who may call it. */
export interface Route {
  readonly method: Method
  /** Under `API_BASE`; `:name` is a parameter of `params`. */
  readonly path: `/${string}`
  /** Glossary noun it belongs to: the tag in the API reference. */
  readonly noun: string
  /** One line, in the imperative. */
  readonly summary: string
  /** More, in Markdown. */
  readonly description?: string
  readonly access: Access
  readonly params?: z.ZodObject
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Schema by status of success; `null` = no body. */
  readonly answers: { readonly [status: number]: z.ZodType | null }
  /** Codes a caller should be ready for, beside those of every route. */
  readonly errors?: readonly ErrorCode[]
  /** Bytes; absent = `BODY_LIMIT`. */
  readonly bodyLimit?: number
  /** Needs `If-Match`, or takes it; the answer carries an `ETag`. */
  readonly ifMatch?: 'optional' | 'required'
  /**
   * How a repeat with the same `Idempotency-Key` gets the first answer. `commit`: it was kept in the commit of the command itself. `kept`: it was
   * kept right after, which does for writes that are harmless to repeat. Absent: it runs again, which is harmless too, or makes a new secret.
   */
  readonly repeat?: 'commit' | 'kept'
  /** Answers something else than JSON. */
  readonly streams?: 'text/event-stream'
}

/** Keeps the literal types of an entry, so that client and server are typed by it. */
export const defineRoute = <const R extends Route>(route: R): R => route
