/** Parts of the console that come when they are needed, and may not: the server is away, or serves a newer build that has them no more. */
import { MillraceError } from '@millrace/client'

/** What browsers and the bundler say of a module or its styles that did not come. */
const SAID = /dynamically imported module|Importing a module script failed|Unable to preload CSS/

/**
 * Gives a failed import the code of every other request that nobody answered. Without it the router would reload the page at once, and a browser
 * whose server is away then shows a page of its own.
 */
export const fetched =
  <M>(load: () => Promise<M>) =>
  (): Promise<M> =>
    load().catch((cause: unknown) => {
      throw new MillraceError('UNREACHABLE', 'This page could not be fetched. It comes as soon as the server answers.', { cause })
    })

export const isNotFetched = (error: unknown): boolean =>
  error instanceof MillraceError ? error.code === 'UNREACHABLE' : error instanceof Error && SAID.test(error.message)

/** A build that lacks the part would be loaded again and again. */
const ONCE_IN_MS = 30_000
const KEY = 'millrace.reloaded'

/** @returns true at most once in half a minute. */
export const mayReload = (nowMs: number, storage: Pick<Storage, 'getItem' | 'setItem'>): boolean => {
  if (nowMs - Number(storage.getItem(KEY) ?? 0) < ONCE_IN_MS) return false
  storage.setItem(KEY, String(nowMs))
  return true
}
