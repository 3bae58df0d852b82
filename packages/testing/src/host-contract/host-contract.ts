import { describe } from 'vitest'
import { describeCode } from './code.ts'
import { describeCommands } from './commands.ts'
import type { OpenHost } from './harness.ts'
import { describeLocks } from './locks.ts'
import { describeObserving } from './observing.ts'
import { describeRestart } from './restart.ts'
import { describeTasks } from './tasks.ts'
import { describeWaiting } from './waiting.ts'
import { describeWorkItems } from './work-items.ts'

/**
 * The contract of the `Host` port: what every host does the same, whatever it runs on. Each test opens a host of its own.
 *
 * @param options.restarts false for a host that keeps nothing: what belongs to a restart is left out
 * @example describeHost('embedded, in a file', openFileHost)
 */
export const describeHost = (name: string, open: OpenHost, options: { readonly restarts?: boolean } = {}): void => {
  describe(`host: ${name}`, () => {
    describeCommands(open)
    describeWorkItems(open)
    describeWaiting(open)
    describeTasks(open)
    describeCode(open)
    describeLocks(open)
    describeObserving(open)
    if (options.restarts !== false) describeRestart(open)
  })
}
