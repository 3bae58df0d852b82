import { z } from 'zod'
import { builtinTask } from '../builtin-task.ts'
import { durationInput } from '../duration-input.ts'

/** An attempt is held in memory and begins anew after a restart, so longer waits belong to a wait node, whose timer is stored. */
const LONGEST_WAIT_MS = 10 * 60_000

/** Waits in memory for a short time, for example between two calls to a slow service. */
export const wait = builtinTask({
  name: 'wait',
  title: 'Wait a moment',
  description: 'Waits up to 10 minutes in memory. For longer, or to survive a restart, use a node of type wait.',
  input: z.strictObject({ for: durationInput(LONGEST_WAIT_MS) }),
  output: z.undefined().meta({ description: 'Nothing.' }),
  run: ({ for: forMs }, { until }) => {
    if (forMs === 0) return undefined
    const signal = until(LONGEST_WAIT_MS)
    return new Promise<undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), forMs)
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    })
  },
})
