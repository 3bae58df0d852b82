/** One line of the console's report: what was measured, beside what it is aimed at. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** At most this, or with `atLeast` at least. */
  readonly aim: number
  readonly atLeast?: boolean
  readonly unit: string
  /** How it was come by: runs, spread, what else was counted. */
  readonly more?: string
}

export const figureLine = ({ name, value, aim, atLeast = false, unit, more }: Figure): string => {
  const isMet = atLeast ? value >= aim : value <= aim
  const text = `${name.padEnd(58)} ${format(value).padStart(8)} ${unit.padEnd(4)} ${atLeast ? '≥' : '≤'} ${format(aim).padStart(6)}  ${isMet ? 'met   ' : 'MISSED'}`
  return more === undefined ? text.trimEnd() : `${text}  ${more}`
}

const format = (value: number): string => (Math.abs(value) >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1))

/** The value below which `share` of them lie. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** All of them, for a reader who wants to see the spread. */
export const spread = (values: readonly number[]): string => `of ${values.map((value) => value.toFixed(0)).join(' ')}`
