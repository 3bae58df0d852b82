import { z } from 'zod'
import { builtinTask } from '../builtin-task.ts'
import { jsonObjectInput } from '../json-input.ts'

/** Gives its arguments back as values for the instance's data: `with: { approved: true, note: "by {{ initiator }}" }`. */
export const dataSet = builtinTask({
  name: 'data.set',
  title: 'Set data',
  description: "Sets the instance's data: each argument is a name and its new value. Templates in the values are computed before.",
  input: jsonObjectInput(),
  output: z.record(z.string(), z.json()),
  run: (values) => values,
})
