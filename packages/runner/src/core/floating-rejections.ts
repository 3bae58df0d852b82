import type { LiveInstance } from './instance.ts'
import { currentScope } from './scope.ts'

/**
 * A workflow may drop a promise that is rejected later. That is the author's slip, not a reason to end the process, and it is said with
 * the instance's name. Rejections of other code keep the effect they have without us.
 */
export const guardFloatingRejections = (onWarning: (message: string) => void): { close(): void } => {
  const listener = (reason: unknown) => {
    const scope = currentScope()
    if (scope !== undefined) {
      const { identity } = scope.instance as LiveInstance
      const message = typeof reason === 'object' && reason !== null && 'message' in reason ? String(reason.message) : String(reason)
      onWarning(`Instance ${identity.id}: a promise was rejected and nobody awaits it: ${message} Await it, or catch it.`)
    } else if (process.listenerCount('unhandledRejection') === 1) {
      // What Node does when nobody listens: an uncaught exception.
      throw reason
    }
  }
  process.on('unhandledRejection', listener)
  return { close: () => void process.off('unhandledRejection', listener) }
}
