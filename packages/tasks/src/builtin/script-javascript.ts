import type { JsonValue } from '@millrace/model'
import { z } from 'zod'
import { type BuiltinTask, builtinTask } from '../builtin-task.ts'
import { durationInput } from '../duration-input.ts'
import { jsonInput } from '../json-input.ts'
import type { ScriptResult } from '../script/script-request.ts'
import type { ScriptThreads } from '../script/script-threads.ts'
import { TaskFailure } from '../task-failure.ts'

const DEFAULT_TIMEOUT_MS = 1000
const LONGEST_TIMEOUT_MS = 60_000
const DEFAULT_MEMORY_MB = 32
const LEAST_MEMORY_MB = 16
const MOST_MEMORY_MB = 256
/** How long a script may stand in line for a thread, over its own limit. */
const LINE_MS = 60_000

const Input = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(256 * 1024)
    .describe('Body of an async function; what it returns is the result.'),
  input: jsonInput().default(null).describe('The value of `input` in the script.'),
  timeout: durationInput(LONGEST_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
  memory: z
    .number()
    .int()
    .min(LEAST_MEMORY_MB)
    .max(MOST_MEMORY_MB)
    .default(DEFAULT_MEMORY_MB)
    .describe('Most memory in MB, the 1 MB of the engine included.'),
})

const Output = z.object({ result: z.json(), console: z.array(z.string()) })

/** Runs a script in QuickJS, in a thread of its own: no network, no files, no clock but `Date`. */
export const scriptJavascript = (threads: ScriptThreads): BuiltinTask =>
  builtinTask({
    name: 'script.javascript',
    title: 'Run a script',
    description:
      'Runs JavaScript on the value of `input` and gives what it returns, with what it wrote to the console. It reaches nothing outside, and is ended at its limits of time and memory.',
    input: Input,
    output: Output,
    run: async ({ code, input, timeout, memory }, { until }) => {
      const request = {
        kind: 'body',
        code,
        values: { input: JSON.stringify(input) },
        timeoutMs: timeout,
        memoryBytes: memory * 1024 * 1024,
      } as const
      const result = await threads.run(request, until(timeout + LINE_MS))
      if (!result.ok) throw scriptFailure(result)
      return { result: result.json === undefined ? null : (JSON.parse(result.json) as JsonValue), console: [...result.console] }
    },
  })

const scriptFailure = (result: ScriptResult & { readonly ok: false }): TaskFailure => {
  const code = { threw: 'SCRIPT_FAILED', limit: 'SCRIPT_LIMIT', 'timed-out': 'TIMED_OUT' }[result.reason]
  const message = result.reason === 'threw' ? `The script failed: ${result.message}.` : result.message
  // A script does the same again, so also its timeout is not worth another try.
  return new TaskFailure(code, message, {
    retryable: false,
    ...(result.console.length === 0 ? {} : { details: { console: result.console } }),
  })
}
