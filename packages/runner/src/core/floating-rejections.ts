import type { LiveInstance } from './instance.ts'
import { currentScope } from './scope.ts'

/** Runners of this process that are open: the listener is there while any is. */
let guards = 0

/**
 * A workflow may drop a promise that is rejected later. That is the author's slip, not a reason to end the process, and it is said with
 * the instance's name to the runner it belongs to. Rejections of other code keep the effect they have without us.
 */
export const guardFloatingRejections = (): { close(): void } => {
  if (++guards === 1) process.on('unhandledRejection', listen)
  return {
    close() {
      if (--guards === 0) process.off('unhandledRejection', listen)
    },
  }
}

const listen = (reason: unknown): void => {
  const scope = currentScope()
  if (scope !== undefined) {
    const { identity, onWarning } = scope.instance as LiveInstance
    const message = typeof reason === 'object' && reason !== null && 'message' in reason ? String(reason.message) : String(reason)
    onWarning(`Instance ${identity.id}: a promise was rejected and nobody awaits it: ${message} Await it, or catch it.`)
  } else if (process.listenerCount('unhandledRejection') === 1) {
    // What Node does when nobody listens: an uncaught exception.
    throw reason
  }
}
