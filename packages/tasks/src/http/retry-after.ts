/** Longest wait a server may ask for; a longer one would park the step beyond what its author can foresee. */
const LONGEST_MS = 24 * 60 * 60_000

/** Milliseconds a `Retry-After` header asks to wait (seconds or an HTTP date); undefined without one, or with one that says nothing. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const asked = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(0, Math.round(asked)), LONGEST_MS)
}

/** Whether another try may be answered differently: too busy, too early, timed out, or the server's own trouble. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
}
