/**
 * `http.request`: calls a web service. Owns the request, its limits and which failures are worth another try; does not own how often
 * (the step's retry policy) nor where connections may go (`http/guarded-agent.ts`).
 *
 * What it says in messages is method, host and path: query, headers and body may hold secrets, and failures stand in the history.
 */
import type { JsonValue } from '@millrace/model'
import { type Dispatcher, fetch, type RequestInit, type Response } from 'undici'
import { z } from 'zod'
import { type BuiltinTask, builtinTask, type TaskContext } from '../builtin-task.ts'
import { durationInput } from '../duration-input.ts'
import { bodyValue, readLimited, textOf } from '../http/response-body.ts'
import { isRetryableStatus, retryAfterMs } from '../http/retry-after.ts'
import { jsonInput } from '../json-input.ts'
import { TaskFailure } from '../task-failure.ts'

export interface HttpSettings {
  readonly dispatcher: Dispatcher
  /** Most bytes of an answer, after decompression. */
  readonly maxResponseBytes: number
  readonly userAgent: string
}

const DEFAULT_TIMEOUT_MS = 30_000
const LONGEST_TIMEOUT_MS = 60 * 60_000
/** As much of an unexpected answer as helps to understand it. */
const EXCERPT_CHARACTERS = 1000

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const Status = z.union([z.number().int().min(100).max(599), z.string().regex(/^[1-5]xx$/, 'Write a status (201) or a class (2xx)')])
const Scalar = z.union([z.string(), z.number(), z.boolean()])

const Input = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, error: 'Write an address that begins with http:// or https://' }),
    method: z
      .string()
      .meta({ enum: [...METHODS] })
      .toUpperCase()
      .pipe(z.enum(METHODS))
      .default('GET'),
    headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'Not a header name'), Scalar).default({}),
    query: z.record(z.string(), z.union([Scalar, z.array(Scalar)])).default({}),
    json: jsonInput().optional().describe('Sent as JSON, with its content type.'),
    body: z.string().optional().describe('Sent as it is.'),
    form: z.record(z.string(), Scalar).optional().describe('Sent as application/x-www-form-urlencoded.'),
    expect: z
      .union([Status, z.array(Status).min(1)])
      .default('2xx')
      .describe('Statuses that count as success.'),
    timeout: durationInput(LONGEST_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
    redirect: z.enum(['follow', 'manual', 'error']).default('follow'),
    response: z.enum(['auto', 'json', 'text', 'base64', 'none']).default('auto').describe('How the body is given.'),
  })
  .refine(
    (input) => [input.json, input.body, input.form].filter((body) => body !== undefined).length <= 1,
    'Give one of json, body and form',
  )

const Output = z.object({ status: z.number().int(), headers: z.record(z.string(), z.string()), body: z.json() })

type HttpInput = z.output<typeof Input>

/** Calls a web service with the attempt's key as `Idempotency-Key`, so that a service which knows the header does the work once. */
export const httpRequest = (settings: HttpSettings): BuiltinTask =>
  builtinTask({
    name: 'http.request',
    title: 'Call a web service',
    description:
      'Sends an HTTP request and gives status, headers and body. Fails with HTTP_STATUS when the status is not the expected one. Requests that change something carry an Idempotency-Key that is the same on every try.',
    input: Input,
    output: Output,
    run: (input, context) => send(input, context, settings),
  })

const send = async (input: HttpInput, context: TaskContext, settings: HttpSettings): Promise<JsonValue> => {
  const url = addressOf(input)
  const signal = context.until(input.timeout)
  const response = await call(url, { ...requestOf(input, context, settings), signal, dispatcher: settings.dispatcher })
  if (!isExpected(response.status, input.expect)) throw await unexpected(response, { input, url, settings })
  if (input.response === 'none') {
    await response.body?.cancel()
    return { status: response.status, headers: headersOf(response), body: null }
  }
  const bytes = await readLimited(response, settings.maxResponseBytes).catch((error: unknown) => {
    throw unreachable(input.method, url, error)
  })
  if (bytes === undefined) throw tooLarge(input.method, url, settings.maxResponseBytes)
  const body = bodyValue(bytes, { kind: input.response, contentType: response.headers.get('content-type') })
  return { status: response.status, headers: headersOf(response), body }
}

const addressOf = (input: HttpInput): URL => {
  const url = new URL(input.url)
  if (url.username !== '' || url.password !== '') {
    throw new TaskFailure('INPUT_INVALID', 'The url holds a user or password. Send them in the header authorization.')
  }
  for (const [name, value] of Object.entries(input.query)) {
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one))
  }
  return url
}

const requestOf = (input: HttpInput, { attempt }: TaskContext, settings: HttpSettings): RequestInit => {
  const headers: Record<string, string> = { 'user-agent': settings.userAgent }
  if (input.json !== undefined) headers['content-type'] = 'application/json'
  if (input.form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded'
  if (input.method !== 'GET' && input.method !== 'HEAD' && input.method !== 'OPTIONS') headers['idempotency-key'] = attempt.key
  for (const [name, value] of Object.entries(input.headers)) headers[name.toLowerCase()] = String(value)
  const body = bodyOf(input)
  return { method: input.method, headers, redirect: input.redirect, ...(body === undefined ? {} : { body }) }
}

const bodyOf = (input: HttpInput): string | undefined => {
  if (input.json !== undefined) return JSON.stringify(input.json)
  if (input.form === undefined) return input.body
  return new URLSearchParams(Object.entries(input.form).map(([name, value]) => [name, String(value)] as [string, string])).toString()
}

const call = async (url: URL, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw unreachable(init.method ?? 'GET', url, error)
  }
}

const isExpected = (status: number, expect: HttpInput['expect']): boolean =>
  (Array.isArray(expect) ? expect : [expect]).some((one) => (typeof one === 'number' ? one === status : one[0] === String(status)[0]))

const unexpected = async (
  response: Response,
  { input, url, settings }: { readonly input: HttpInput; readonly url: URL; readonly settings: HttpSettings },
): Promise<TaskFailure> => {
  const bytes = await readLimited(response, settings.maxResponseBytes).catch(() => undefined)
  const excerpt = bytes === undefined ? '' : textOf(bytes, response.headers.get('content-type')).slice(0, EXCERPT_CHARACTERS)
  const waitMs = retryAfterMs(response.headers.get('retry-after'), Date.now())
  const details: { [name: string]: JsonValue } = { status: response.status, body: excerpt }
  if (waitMs !== undefined) details['retryAfterMs'] = waitMs
  const wanted = [input.expect].flat().join(' or ')
  return new TaskFailure('HTTP_STATUS', `${input.method} ${placeOf(url)} answered ${response.status}, expected ${wanted}.`, {
    retryable: isRetryableStatus(response.status),
    details,
  })
}

/** Without query and fragment: tokens travel there. */
const placeOf = (url: URL): string => `${url.origin}${url.pathname}`

const tooLarge = (method: string, url: URL, limit: number): TaskFailure =>
  new TaskFailure('HTTP_BODY', `The answer to ${method} ${placeOf(url)} is larger than ${limit} bytes. Ask for less, or raise the limit.`)

const unreachable = (method: string, url: URL, error: unknown): TaskFailure => {
  const causes = causesOf(error)
  const refused = causes.find((cause) => cause instanceof TaskFailure)
  if (refused !== undefined) return refused
  const code = causes.map((cause) => (cause as NodeJS.ErrnoException).code).find((name) => typeof name === 'string')
  const said = causes.at(-1)?.message ?? String(error)
  return new TaskFailure('HTTP_UNREACHABLE', `${method} ${placeOf(url)} got no answer: ${said}${code === undefined ? '' : ` (${code})`}.`, {
    // A certificate stays wrong, and a refused redirect leads to the same place, until somebody changes something.
    retryable: code !== undefined && !/CERT|SELF_SIGNED|ERR_TLS|ERR_INVALID/.test(code),
    cause: error,
  })
}

const causesOf = (error: unknown): readonly Error[] => {
  const causes: Error[] = []
  for (let at = error; at instanceof Error && causes.length < 8; at = at.cause) causes.push(at)
  return causes
}

/** Cookies are credentials and would stand in the history. */
const headersOf = (response: Response): Record<string, string> =>
  Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'))
