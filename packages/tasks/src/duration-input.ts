import { addDuration, normalizeDuration } from '@millrace/model'
import { z } from 'zod'

/** Milliseconds of a duration of fixed length; undefined when the text is none, or counts months or years. */
const millisecondsOf = (text: string): number | undefined => {
  const iso = normalizeDuration(text)
  return iso === undefined || /^P\d*Y|^P[^T]*M/.test(iso) ? undefined : addDuration(0, iso)
}

/**
 * A duration as an argument of a task (`30s`, `PT1M`), given to it in milliseconds.
 *
 * @param mostMs longest that is accepted: a task holds an attempt while it waits.
 */
export const durationInput = (mostMs: number) =>
  z
    .string()
    .max(60)
    .refine((text) => millisecondsOf(text) !== undefined, 'Write a duration such as 30s, 1m30s or PT30S')
    .refine((text) => (millisecondsOf(text) ?? 0) <= mostMs, `The longest is ${mostMs / 1000} s`)
    .transform((text) => millisecondsOf(text) ?? 0)
