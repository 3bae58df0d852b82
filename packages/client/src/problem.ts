import { ERRORS, type ErrorCode, MillraceError } from '@millrace/protocol/error'

const isCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(ERRORS, value)

const codeOf = (status: number): ErrorCode => {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status === 413) return 'BODY_TOO_LARGE'
  if (status === 429) return 'RATE_LIMITED'
  // A gateway's own page: no Millrace stood behind it.
  if (status === 502 || status === 503 || status === 504) return 'UNREACHABLE'
  return status >= 500 ? 'INTERNAL' : 'BAD_REQUEST'
}

/**
 * Turns a refused answer into the error it says: a problem document (RFC 9457) keeps its code, its sentence and all other members as `details`.
 * Something else than a problem document (a proxy's page) gets the code nearest to its status.
 */
export const errorOfResponse = async (response: Response): Promise<MillraceError> => {
  const text = await response.text()
  let problem: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) problem = { ...parsed }
  } catch {
    // not JSON: the status is all we have
  }
  const { code, detail, title, ...details } = problem
  const message = [detail, title].find((part) => typeof part === 'string') ?? `The server answered ${response.status} without saying why.`
  const retryAfter = response.headers.get('retry-after')
  return new MillraceError(isCode(code) ? code : codeOf(response.status), message, {
    details: {
      ...details,
      status: response.status,
      ...(typeof code === 'string' && !isCode(code) ? { serverCode: code } : {}),
      ...(retryAfter === null ? {} : { retryAfterSeconds: Number(retryAfter) }),
    },
  })
}
