/**
 * `Idempotency-Key`: a repeat gets the first answer, the same key with another body is refused. Commands keep their answer in the commit of the
 * command (the host does it); other writes, all harmless to repeat, keep it right after.
 */

import type { JsonValue } from '@millrace/model'
import { type CommandOptions, MillraceError, type Store } from '@millrace/protocol'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../access/caller.ts'
import { hashSecret } from '../access/secret.ts'

const KEY = /^[\x21-\x7e]{1,200}$/
const NO_OPTIONS: CommandOptions = {}
const EMPTY_HASH = hashSecret('')

/** What the request says about repeats. @throws MillraceError BAD_REQUEST. */
export const commandOptions = (request: FastifyRequest, caller: Caller | undefined): CommandOptions => {
  const key = request.headers['idempotency-key']
  if (key === undefined) return NO_OPTIONS
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new MillraceError('BAD_REQUEST', 'An Idempotency-Key has 1 to 200 printable characters without spaces.', {
      details: { in: 'headers' },
    })
  }
  return {
    idempotency: {
      // Acting for somebody is another person than being them.
      user:
        caller === undefined ? 'callback' : caller.actor.onBehalfOf === undefined ? caller.user : `${caller.actor.user} for ${caller.user}`,
      // With its ids: the same key for another instance is another request.
      route: `${request.method} ${request.url.split('?', 1)[0]}`,
      key,
      bodyHash: request.bodyHash === '' ? EMPTY_HASH : request.bodyHash,
    },
  }
}

/** Runs a write once per key. One instance per server: two repeats at the same moment wait for the first. */
export class KeptAnswers {
  readonly #store: Store
  readonly #workspace: string
  readonly #now: () => number
  readonly #running = new Map<string, Promise<unknown>>()

  constructor(store: Store, workspace: string, now: () => number) {
    this.#store = store
    this.#workspace = workspace
    this.#now = now
  }

  /** @throws MillraceError IDEMPOTENCY_MISMATCH, and whatever `run` throws (which is not kept: the next try may go through). */
  async once<T>({ idempotency }: CommandOptions, run: () => Promise<T> | T): Promise<T> {
    if (idempotency === undefined) return run()
    const { user, route, key, bodyHash } = idempotency
    const name = JSON.stringify([user, route, key])
    const before = this.#running.get(name)
    if (before !== undefined) await before.catch(() => undefined)
    const attempt = this.#runOrRecall({ user, route, key, bodyHash }, run)
    this.#running.set(name, attempt)
    try {
      return await attempt
    } finally {
      if (this.#running.get(name) === attempt) this.#running.delete(name)
    }
  }

  async #runOrRecall<T>(id: NonNullable<CommandOptions['idempotency']>, run: () => Promise<T> | T): Promise<T> {
    const kept = await this.#store.instances.answer(this.#workspace, id.user, id.route, id.key)
    if (kept !== undefined) {
      if (kept.bodyHash !== id.bodyHash) {
        throw new MillraceError(
          'IDEMPOTENCY_MISMATCH',
          `The Idempotency-Key ${id.key} was used for another body. Use a new key for a new request.`,
        )
      }
      return (kept.answer as { readonly value?: T }).value as T
    }
    const value = await run()
    const answer = { value: value ?? null } as unknown as JsonValue
    await this.#store.instances.commit({ atMs: this.#now(), changes: [], answers: [{ workspace: this.#workspace, ...id, answer }] })
    return value
  }
}
