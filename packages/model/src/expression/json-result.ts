import type { JsonValue } from '../model.ts'
import { ExpressionError, quoted } from './error.ts'

/**
 * What CEL computed, as JSON: integers and doubles become numbers, timestamps ISO strings in UTC, durations ISO durations.
 * A value that is JSON already comes back as it is, not copied.
 *
 * Throws ExpressionError EXPRESSION_RESULT for what JSON cannot say: NaN, infinities, integers beyond 2^53, bytes.
 */
export function jsonResult(value: unknown, source: string): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value)) return value
      throw resultError(source, `it gives ${value}, which JSON cannot hold. Check the divisor.`)
    case 'bigint':
      if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value)
      throw resultError(source, `it gives ${value}, an integer beyond 2^53 that JSON would round. Use string(…) to keep it.`)
    case 'object':
      return value === null ? null : jsonObject(value, source)
    default:
      throw resultError(source, `it gives a value of type ${typeof value}.`)
  }
}

function jsonObject(value: object, source: string): JsonValue {
  if (Array.isArray(value)) return jsonArray(value, source)
  if (value instanceof Date) return value.toISOString()
  if (isPlain(value)) return jsonRecord(value, source)
  if (value instanceof Uint8Array) throw resultError(source, 'it gives bytes. Use string(…) to make it text.')
  if (isDuration(value)) return isoSeconds(value.seconds, value.nanos)
  if ('name' in value && typeof value.name === 'string') return value.name
  throw resultError(source, 'it gives a value that is no JSON.')
}

function jsonArray(value: readonly unknown[], source: string): JsonValue {
  const converted = value.map((entry) => jsonResult(entry, source))
  return converted.every((entry, i) => entry === value[i]) ? (value as readonly JsonValue[]) : converted
}

function jsonRecord(value: { readonly [key: string]: unknown }, source: string): JsonValue {
  const converted: { [key: string]: JsonValue } = {}
  let isSame = true
  for (const [key, entry] of Object.entries(value)) {
    const json = jsonResult(entry, source)
    isSame &&= json === entry
    converted[key] = json
  }
  return isSame ? (value as { readonly [key: string]: JsonValue }) : converted
}

function isPlain(value: object): value is { readonly [key: string]: unknown } {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isDuration(value: object): value is { readonly seconds: bigint; readonly nanos: number } {
  return 'seconds' in value && typeof value.seconds === 'bigint' && 'nanos' in value && typeof value.nanos === 'number'
}

function isoSeconds(seconds: bigint, nanos: number): string {
  const ms = Number(seconds) * 1000 + Math.trunc(nanos / 1_000_000)
  if (ms < 0) return 'PT0S'
  return ms % 1000 === 0 ? `PT${ms / 1000}S` : `PT${(ms / 1000).toFixed(3)}S`
}

function resultError(source: string, why: string): ExpressionError {
  return new ExpressionError('EXPRESSION_RESULT', source, `Expression ${quoted(source)} has no usable result: ${why}`)
}
