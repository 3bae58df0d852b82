import type { CallBody } from '../instance.ts'
import { durationMs } from './duration.ts'

export const sleepCall = (
  time: unknown,
  { nowMs, name = 'sleep' }: { readonly nowMs: number; readonly name?: string | undefined },
): CallBody => {
  if (Object.prototype.toString.call(time) !== '[object Date]') return { kind: 'sleep', name, forMs: durationMs(time, nowMs) }
  const untilMs = Number(time)
  if (Number.isNaN(untilMs)) throw new Error('run.sleep was given an invalid date')
  return { kind: 'sleep', name, untilMs }
}
