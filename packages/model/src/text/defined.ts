import type { JsonValue } from '../model.ts'

/** Without the keys that have no value; the order stays. */
export function defined(fields: { readonly [key: string]: unknown }): { readonly [key: string]: JsonValue } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { readonly [key: string]: JsonValue }
}
