import { z } from 'zod'
import { builtinTask } from '../builtin-task.ts'

/** Does nothing: a place in a model to fill later, and AEM's No Operation step. Takes any arguments and ignores them. */
export const noop = builtinTask({
  name: 'noop',
  title: 'Do nothing',
  description: 'Completes at once. Arguments are ignored.',
  input: z.unknown(),
  output: z.undefined().meta({ description: 'Nothing.' }),
  run: () => undefined,
})
