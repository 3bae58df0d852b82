import type { OperateLine } from '@millrace/protocol'

/** A value of the sentence as text; empty where the line has none. */
export const textIn = ({ params }: OperateLine, name: string): string => {
  const value = params[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A length of time in the sentence: what counts as long, or within which time. */
export const lengthIn = ({ params }: OperateLine): number | undefined => {
  const value = params.afterMs ?? params.withinMs
  return typeof value === 'number' ? value : undefined
}
