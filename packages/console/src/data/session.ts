/**
 * Who is signed in, in this tab. `expired` keeps the person: the page stays, and the password is asked for over it (CONSOLE rule 7).
 *
 * Invariant: a tab never goes from one person to another; it is loaded afresh instead, so nothing of the first can be shown to the second.
 */
import type { Me } from '@millrace/protocol'
import { type Cell, createCell } from './cell.ts'

export type Session =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly me: Me }
  | { readonly status: 'expired'; readonly me: Me }

export interface SessionCell extends Cell<Session> {
  signedIn(me: Me): void
  signedOut(): void
  /** Marks the session as expired and resolves when the same person has signed in again. Rejects with the signal's reason. */
  renewed(signal?: AbortSignal | null): Promise<void>
  /** The person, signed in or about to sign in again. */
  me(): Me | undefined
}

export const createSession = (): SessionCell => {
  const cell = createCell<Session>({ status: 'loading' })
  const me = () => {
    const session = cell.get()
    return 'me' in session ? session.me : undefined
  }
  return {
    ...cell,
    me,
    signedIn: (person) => cell.set({ status: 'signed-in', me: person }),
    signedOut: () => cell.set({ status: 'signed-out' }),
    renewed: (signal) => {
      const person = me()
      if (person !== undefined) cell.set({ status: 'expired', me: person })
      return new Promise((resolve, reject) => {
        const stop = cell.subscribe(() => {
          if (cell.get().status === 'expired') return
          finish()
          if (cell.get().status === 'signed-in') resolve()
          else reject(new DOMException('Signed out', 'AbortError'))
        })
        const abort = () => {
          finish()
          reject(signal?.reason)
        }
        const finish = () => {
          stop()
          signal?.removeEventListener('abort', abort)
        }
        if (signal?.aborted === true) abort()
        else signal?.addEventListener('abort', abort, { once: true })
      })
    },
  }
}
