/**
 * One open event stream.
 *
 * Invariants:
 * L1. Events go out in order and once: nothing at or before `position` is written again.
 * L2. At most one batch waits in memory. While the connection takes no more, nothing is written; afterwards the listener reads the feed from where it
 *     stopped. A slow reader costs the server a position, not a buffer.
 */
import type { ServerResponse } from 'node:http'
import type { Credentials } from '../access/access.ts'
import type { Caller } from '../access/caller.ts'
import { mayCall } from '../access/policy.ts'

export interface Person {
  readonly reader: Caller['reader']
  readonly isStaff: boolean
  readonly isAdministrator: boolean
}

export class Listener {
  readonly credentials: Credentials
  readonly user: string
  person: Person
  /** Everything up to here was written, or was not for this reader. */
  position: number
  /** live: takes events as they come. catching-up: reads the feed. blocked: the connection takes no more. */
  state: 'live' | 'catching-up' | 'blocked' = 'catching-up'
  #blockedSinceMs = 0
  readonly #response: ServerResponse

  constructor(
    response: ServerResponse,
    options: { readonly caller: Caller; readonly credentials: Credentials; readonly position: number },
  ) {
    this.#response = response
    this.credentials = options.credentials
    this.user = options.caller.user
    this.person = personOf(options.caller)
    this.position = options.position
  }

  /** Writes what stands between the old position and `upTo`; `text` may be empty. @returns whether the connection takes more. */
  write(text: string, upTo: number, nowMs: number): boolean {
    this.position = upTo
    if (text === '' || this.#response.write(text)) return true
    this.state = 'blocked'
    this.#blockedSinceMs = nowMs
    return false
  }

  /** Calls back once the connection takes more. */
  onDrain(resume: () => void): void {
    this.#response.once('drain', resume)
  }

  isStuck(nowMs: number, longestMs: number): boolean {
    return this.state === 'blocked' && nowMs - this.#blockedSinceMs > longestMs
  }

  end(): void {
    this.#response.end()
  }

  /** For a connection that takes nothing any more: there is no use in waiting for its buffer. */
  destroy(): void {
    this.#response.destroy()
  }
}

export const personOf = (caller: Caller): Person => ({
  reader: caller.reader,
  isStaff: mayCall('staff', caller.roles),
  isAdministrator: mayCall('administrator', caller.roles),
})
