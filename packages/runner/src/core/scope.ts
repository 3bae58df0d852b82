/**
 * Scopes say which calls belong together, so that the losers of a race are withdrawn with everything they called. They follow the code
 * through every `await` as an asynchronous context, so authors need not pass anything on.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

export interface Scope {
  readonly instance: object
  readonly parent: Scope | undefined
  /** Over: calls made in it do not happen. */
  isClosed: boolean
}

const storage = new AsyncLocalStorage<Scope>()

export const openScope = (instance: object, parent: Scope | undefined): Scope => ({ instance, parent, isClosed: false })

/** Runs `work` in a scope; what follows from it stays there. */
export const within = <Result>(scope: Scope, work: () => Result): Result => storage.run(scope, work)

/** Scope of the code that is running, anywhere in the process. */
export const currentScope = (): Scope | undefined => storage.getStore()

/** True for the scope itself and every scope opened in it. */
export const isInside = (scope: Scope, outer: Scope): boolean => {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) if (each === outer) return true
  return false
}

export const isOver = (scope: Scope): boolean => {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) if (each.isClosed) return true
  return false
}
