import { hash } from 'node:crypto'
import { MillraceError } from '@millrace/protocol'
import type { FastifyBodyParser, FastifyInstance, FastifyRequest } from 'fastify'
import { tooDeepAt } from './json-depth.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the body as it came; only with an `Idempotency-Key`. */
    bodyHash: string
  }
}

/** Keys that give an object another prototype when a careless merge copies them. */
const POISON = /"(?:_|\\u005[Ff]){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006[Ff])(?:t|\\u0074)(?:o|\\u006[Ff])(?:_|\\u005[Ff]){2}"\s*:/

/** Levels of lists and objects in a body. Data of people nests a dozen deep; thousands overflow the stack of whoever walks them. */
const MAX_DEPTH = 100

/** Reads bodies as JSON and says where one is not; keeps the hash that makes repeats recognisable. */
export const addBodyParser = (app: FastifyInstance): void => {
  app.decorateRequest('bodyHash', '')
  app.removeAllContentTypeParsers()
  const read: FastifyBodyParser<string> = (request, text, done) => {
    try {
      done(null, parseBody(request, text))
    } catch (error) {
      done(error as Error)
    }
  }
  app.addContentTypeParser('application/json', { parseAs: 'string' }, read)
  app.addContentTypeParser(/^application\/[\w.-]+\+json$/, { parseAs: 'string' }, read)
}

const parseBody = (request: FastifyRequest, text: string): unknown => {
  if (request.headers['idempotency-key'] !== undefined) request.bodyHash = hash('sha256', text)
  if (text === '') return undefined
  if (POISON.test(text)) throw new MillraceError('BAD_REQUEST', 'The body has a key "__proto__", which is never data.')
  let body: unknown
  try {
    body = JSON.parse(text) as unknown
  } catch (error) {
    throw badJson(text, error)
  }
  const deep = text.length > MAX_DEPTH ? tooDeepAt(text, MAX_DEPTH) : undefined
  if (deep !== undefined)
    throw new MillraceError('BAD_REQUEST', `The body nests deeper than ${MAX_DEPTH} levels, at character ${deep + 1}. Make it flatter.`)
  return body
}

const badJson = (text: string, error: unknown): MillraceError => {
  const reason = error instanceof Error ? error.message : String(error)
  const position = /at position (\d+)/.exec(reason)?.[1]
  const offset = position === undefined ? text.length : Number(position)
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n')
  const what = reason.replace(/ (in JSON )?at position.*$/s, '').replace(/, ?".*" is not valid JSON$/s, '')
  return new MillraceError('BAD_REQUEST', `The body is not JSON: line ${line}, column ${column}: ${what}.`, {
    details: { in: 'body', line, column },
  })
}
