import type { Timeout } from '../../model.ts'
import { type Metadata, textOf, without } from '../metadata.ts'
import type { StepReport } from '../report.ts'
import { aemTask, argumentsOf } from './task-name.ts'

/** Data an AbsoluteTimeAutoAdvancer reads; AEM keeps milliseconds there, Millrace an ISO date. */
export const ABSOLUTE_TIME = 'absoluteTime'

/** Without a date in it AEM never times out; CEL has no "never". */
const AT_ABSOLUTE_TIME = `has(data.${ABSOLUTE_TIME}) ? timestamp(data.${ABSOLUTE_TIME}) : timestamp('9999-12-31T00:00:00Z')`

/** The deadline of a step that waits: `timeoutHandler` runs `timeoutMillis` after it opened. */
export function readTimeouts(metadata: Metadata, report: StepReport): { readonly timeouts?: readonly Timeout[] } {
  const handler = textOf(metadata, 'timeoutHandler')
  const ms = textOf(metadata, 'timeoutMillis')
  if (handler === undefined) {
    if (ms !== undefined)
      report.note(`has timeoutMillis ${ms} but no handler, so AEM does nothing when it passes; left out`, 'timeoutMillis')
    return {}
  }
  if (/(?:^|\.)AbsoluteTimeAutoAdvancer$/.test(handler)) {
    report.note(`waits for data.${ABSOLUTE_TIME}, an ISO date (AEM: milliseconds): give it when starting`, 'timeoutHandler')
    return { timeouts: [{ at: AT_ABSOLUTE_TIME, then: { kind: 'route' } }] }
  }
  const after = durationOf(ms)
  const isAutoAdvancer = /(?:^|\.)AutoAdvancer$/.test(handler)
  if (!isAutoAdvancer) report.unbound('timeout-handler', handler, 'timeoutHandler')
  if (after === undefined || (after === 'PT0S' && !isAutoAdvancer)) {
    report.note(`its timeout handler ${handler} has no duration of its own, so nothing starts it; left out`, 'timeoutHandler')
    return {}
  }
  if (isAutoAdvancer) return { timeouts: [{ after, then: { kind: 'route' } }] }
  return {
    timeouts: [
      { after, then: { kind: 'run', task: aemTask(handler), with: argumentsOf(without(metadata, ['timeoutHandler', 'timeoutMillis'])) } },
    ],
  }
}

/** A step that does not wait has no deadline. */
export function noteUnusedTimeout(metadata: Metadata, report: StepReport): void {
  const handler = textOf(metadata, 'timeoutHandler')
  if (handler !== undefined) report.note(`its timeout handler ${handler} is left out: the step goes on by itself`, 'timeoutHandler')
}

/** ISO form of milliseconds as AEM writes them, or undefined. */
function durationOf(ms: string | undefined): string | undefined {
  if (ms === undefined || !/^\d{1,15}$/.test(ms)) return undefined
  return secondsDuration(Number(ms) / 1000)
}

/** ISO form in the largest unit that divides it. */
export function secondsDuration(seconds: number): string {
  for (const [length, unit] of [
    [86_400, 'D'],
    [3_600, 'H'],
    [60, 'M'],
  ] as const) {
    if (seconds > 0 && seconds % length === 0) return unit === 'D' ? `P${seconds / length}D` : `PT${seconds / length}${unit}`
  }
  return `PT${seconds}S`
}
