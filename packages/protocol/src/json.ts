import type { JsonValue } from '@millrace/kernel'
import { z } from 'zod'

/** Any JSON value; typed read-only, as every layer below has it. */
export const Json: z.ZodType<JsonValue, JsonValue> = z.json()
export type Json = JsonValue

/** Values by name. */
export const JsonObject = z.record(z.string(), Json)

/** Milliseconds since 1970-01-01 UTC. */
export const TimeMs = z.number().int().min(0)

/** Public id: UUIDv7 in lower case with dashes. */
export const Id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)

/** `user:ana` or `group:editors`. */
export const Principal = z.string().regex(/^(user|group):[^\s:][^:]*$/, 'Write user:NAME or group:NAME.')
