/** How a client reaches its server. */
export interface ClientOptions {
  /** `http://127.0.0.1:7400`, without a path; `''` in a browser that was served by it. */
  readonly baseUrl: string
  /** API token, `mr_…`. Absent: the session cookie of the browser, with `csrf`. */
  readonly token?: string
  /** What the session's `Me.csrf` says. Kept up to date by `session.signIn` and `me.get`. */
  readonly csrf?: string
  /** Act for this user: an administrator's right, recorded in the history. */
  readonly as?: string
  /** Absent = the global `fetch`. A pooled one is much faster in Node (bench). */
  readonly fetch?: Fetch
  /** Tries of a request that got no answer, or one that says to try again; the same `Idempotency-Key` each time. Default 3. */
  readonly attempts?: number
  /** Milliseconds before try `n` (from 2). Default 200, 400, 800 … */
  readonly delayMs?: (attempt: number) => number
  /** Sent as `User-Agent` where the platform lets us. */
  readonly userAgent?: string
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Beside the arguments of a call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Absent = a new one for every write, so that a repeat after a broken connection cannot act twice. */
  readonly idempotencyKey?: string
  /** ETag that was read; the write is refused with STALE_ETAG if somebody was faster. */
  readonly ifMatch?: string
  /** `true`: only if it does not exist yet. */
  readonly ifNoneMatch?: true
}
