/** Flags that several commands share, spelled and explained the same way. */
import { usageError } from '../cli-error.ts'
import type { FlagDefinition } from '../define-command.ts'

/** A text. */
export const textFlag = (brief: string, placeholder = 'TEXT'): FlagDefinition => ({
  kind: 'parsed',
  parse: (text: string) => text,
  brief,
  placeholder,
  optional: true,
})

/** A text that may be given several times. */
export const textsFlag = (brief: string, placeholder = 'TEXT'): FlagDefinition => ({
  kind: 'parsed',
  parse: (text: string) => text,
  brief,
  placeholder,
  optional: true,
  variadic: true,
})

export const switchFlag = (brief: string): FlagDefinition => ({ kind: 'boolean', brief, optional: true, withNegated: false })

/** A whole number in a range. */
export const numberFlag = (
  brief: string,
  range: { readonly least: number; readonly most: number; readonly byDefault?: number },
): FlagDefinition => ({
  kind: 'parsed',
  parse: (text: string) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= range.least && value <= range.most) return value
    throw usageError(`"${text}" is no whole number from ${range.least} to ${range.most}.`)
  },
  brief,
  placeholder: 'N',
  ...(range.byDefault === undefined ? { optional: true } : { default: String(range.byDefault) }),
})

/** One of a few words. */
export const choiceFlag = (brief: string, values: readonly string[]): FlagDefinition => ({ kind: 'enum', brief, values, optional: true })

/** Flags of every list. */
export interface PageFlags {
  readonly limit: number
  readonly cursor?: string
}

export const pageFlags = {
  limit: numberFlag('Rows to show', { least: 1, most: 500, byDefault: 50 }),
  cursor: textFlag('Go on from the "next" of an earlier list', 'CURSOR'),
}
