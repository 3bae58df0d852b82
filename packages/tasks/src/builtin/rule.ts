import type { JsonValue } from '@millrace/model'
import { z } from 'zod'
import { type BuiltinTask, builtinTask } from '../builtin-task.ts'
import { jsonInput, jsonObjectInput } from '../json-input.ts'
import { evaluateRule, isTrue } from '../script/evaluate-rule.ts'
import type { ScriptThreads } from '../script/script-threads.ts'

/** How long all rules of a split may take together, the line for a thread included. */
const RULES_TIMEOUT_MS = 60_000

const Input = z.strictObject({
  /** Sources by the number of their transition, or one under `assign`. */
  rules: z.record(z.string(), z.string()),
  payload: jsonInput(),
  data: jsonObjectInput(),
  initiator: z.string(),
})

/**
 * The kernel's own: evaluates the JavaScript rules of a split, or a participant's chooser, as an attempt whose result is recorded.
 * For a split: `{ [transition]: boolean }`, in order up to the first true one. For a chooser: what it returned.
 */
export const rule = (threads: ScriptThreads): BuiltinTask =>
  builtinTask({
    name: 'millrace.rule',
    title: 'Evaluate rules',
    description: 'Evaluates JavaScript rules and choosers.',
    isInternal: true,
    input: Input,
    output: z.json(),
    run: async ({ rules, payload, data, initiator }, { until }) => {
      const scope = { payload, data, initiator, signal: until(RULES_TIMEOUT_MS) }
      const { assign } = rules
      if (assign !== undefined) return evaluateRule(threads, assign, scope)
      const answers: Record<string, JsonValue> = {}
      for (const [transition, source] of Object.entries(rules)) {
        const answer = isTrue(await evaluateRule(threads, source, scope))
        answers[transition] = answer
        // The first true one is taken: a later rule that would fail must not stop it.
        if (answer) break
      }
      return answers
    },
  })
