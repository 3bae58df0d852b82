import type { Duration, WaitForOptions } from '@millrace/workflow'
import type { z } from 'zod'
import type { CallBody, Decode } from '../instance.ts'
import type { Realm } from '../realm.ts'
import { durationMs } from './duration.ts'
import { isSchema, parseWith } from './form.ts'

type Options = WaitForOptions<z.ZodType> & { readonly within?: Duration }

export const waitForCall = (message: string, options: Options, nowMs: number): CallBody => {
  if (typeof message !== 'string' || message === '') throw new Error("run.waitFor needs the name of a message, such as 'payment.received'")
  return {
    kind: 'wait-for',
    name: options.name ?? message,
    message,
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.within === undefined ? {} : { withinMs: durationMs(options.within, nowMs) }),
  }
}

/** The body; `null` when the time was over first. */
export const waitForAnswer =
  (realm: Realm, message: string, options: Options): Decode =>
  ({ output = null }) => {
    if (options.within !== undefined && output === null) return null
    return isSchema(options.body)
      ? parseWith(realm, options.body, output, { code: 'DATA_INVALID', what: `The message ${message}` })
      : output
  }
