import type { Data } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import { TaskFailure } from '../task-failure.ts'
import { AEM_BINDINGS } from './aem-bindings.ts'
import type { ScriptResult } from './script-request.ts'
import type { ScriptThreads } from './script-threads.ts'

/** A rule decides in a moment; what takes longer belongs in a task, which may fail and be tried again. */
const RULE_TIMEOUT_MS = 1000
const RULE_MEMORY_BYTES = 16 * 1024 * 1024

export interface RuleScope {
  /** As expressions see it: `{ path }`, `{ uuid }`, `{ url }`, the value of an inline payload, or null. */
  readonly payload: JsonValue
  readonly data: Data
  readonly initiator: string
}

/**
 * Evaluates a JavaScript rule or chooser (`{ js }`) off the main thread, with limits on time and memory, in reach of nothing but its scope.
 *
 * The source is an expression (`data.amount > 100`), a function body with `return`, or declares `check()` as AEM's rules do; `payload`, `data`,
 * `initiator` and AEM's `workflowData`, `workItem`, `log` are defined. The result is any JSON value: who asks decides what it means, and
 * `isTrue` says what counts as true for a branch.
 *
 * @throws TaskFailure RULE_FAILED, which is not worth another try: the rule does the same again.
 * @example await evaluateRule(threads, 'function check() { return workflowData.getMetaDataMap().get("amount", 0) > 100 }', scope) // true
 */
export async function evaluateRule(
  threads: ScriptThreads,
  js: string,
  scope: RuleScope & { readonly signal?: AbortSignal },
): Promise<JsonValue> {
  const { payload, data, initiator, signal } = scope
  const values = { payload: JSON.stringify(payload), data: JSON.stringify(data), initiator: JSON.stringify(initiator) }
  const result = await threads.run(
    { kind: 'rule', code: js, values, prelude: AEM_BINDINGS, timeoutMs: RULE_TIMEOUT_MS, memoryBytes: RULE_MEMORY_BYTES },
    signal,
  )
  if (!result.ok) throw ruleFailure(result)
  return result.json === undefined ? null : (JSON.parse(result.json) as JsonValue)
}

/** What a rule's result means for a branch: JavaScript's truth, and AEM's strings "true" and "false". */
export const isTrue = (result: JsonValue): boolean => Boolean(result) && result !== 'false'

const ruleFailure = (result: ScriptResult & { readonly ok: false }): TaskFailure =>
  new TaskFailure(
    'RULE_FAILED',
    result.reason === 'threw' ? `The rule failed: ${result.message}.` : result.message.replace('script', 'rule'),
    {
      retryable: false,
      details: { reason: result.reason, ...(result.console.length === 0 ? {} : { console: result.console }) },
    },
  )
