import type { JsonValue } from '@millrace/model'
import { z } from 'zod'
import { type BuiltinTask, builtinTask } from '../builtin-task.ts'
import { jsonObjectInput } from '../json-input.ts'

/** One line for the host's log. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: { readonly [name: string]: JsonValue }
  readonly instance: string
  readonly node: string
}

const Input = z.strictObject({
  message: z.string().max(10_000),
  level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  fields: jsonObjectInput().default({}),
})

/** Writes a line to the log of the host; it also stands in the history, with the step. */
export const log = (write: (line: LogLine) => void): BuiltinTask =>
  builtinTask({
    name: 'log',
    title: 'Write to the log',
    description: 'Writes a message with optional fields to the log of the host.',
    input: Input,
    output: z.undefined().meta({ description: 'Nothing.' }),
    run: ({ message, level, fields }, { attempt }) => {
      write({ level, message, fields, instance: attempt.instance, node: attempt.node })
      return undefined
    },
  })
