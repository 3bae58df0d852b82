import type { JsonValue } from '@millrace/model'
import type { Response } from 'undici'
import { TaskFailure } from '../task-failure.ts'

export type BodyKind = 'auto' | 'json' | 'text' | 'base64' | 'none'

/** Reads at most `limit` bytes after decompression; what is longer is not read to its end. Undefined when it is longer. */
export async function readLimited(response: Response, limit: number): Promise<Buffer | undefined> {
  if (response.body === null) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body as a JSON value: parsed JSON, text, or base64 of anything else. */
export function bodyValue(bytes: Buffer, options: { readonly kind: BodyKind; readonly contentType: string | null }): JsonValue {
  const { kind, contentType } = options
  if (bytes.byteLength === 0) return null
  switch (kind === 'auto' ? kindOf(contentType) : kind) {
    case 'json':
      return parseJson(bytes, contentType)
    case 'text':
      return textOf(bytes, contentType)
    default:
      return bytes.toString('base64')
  }
}

/** Text in the charset the header names, UTF-8 without one. */
export function textOf(bytes: Buffer, contentType: string | null): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1]
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

const kindOf = (contentType: string | null): 'json' | 'text' | 'base64' => {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^application\/([\w.-]+\+)?json$/.test(type)) return 'json'
  if (type.startsWith('text/') || /^application\/([\w.-]+\+)?(xml|x-www-form-urlencoded|yaml|x-ndjson)$/.test(type)) return 'text'
  return 'base64'
}

const parseJson = (bytes: Buffer, contentType: string | null): JsonValue => {
  try {
    return JSON.parse(textOf(bytes, contentType)) as JsonValue
  } catch (error) {
    throw new TaskFailure('HTTP_BODY', `The answer is not JSON: ${(error as Error).message}. Say "response: text" to take it as text.`)
  }
}
