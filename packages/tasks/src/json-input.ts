/**
 * JSON as an argument. An attempt's input is JSON by its type, so only its top is looked at: `z.json()` walks the whole value and made `data.set`
 * cost 5 µs.
 */
import type { JsonValue } from '@millrace/model'
import { z } from 'zod'

/** Any JSON value. */
export const jsonInput = () => z.custom<JsonValue>((value) => value !== undefined)

/** Values by name. */
export const jsonObjectInput = () =>
  z
    .custom<{ readonly [name: string]: JsonValue }>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'Give values by name',
    )
    .meta({ type: 'object' })
