type Unit = 'w' | 'd' | 'h' | 'm' | 's' | 'ms'

/**
 * A length of time: short (`'2d'`, `'1h30m'`, `'500ms'`), ISO 8601 (`'P2D'`, `'PT1H30M'`, `'P1M'` by the UTC calendar), or a number of
 * milliseconds. Checked when it is used; a text from data is passed with `as Duration`.
 *
 * @example await run.sleep('1h30m')
 */
export type Duration =
  | number
  | `${number}${Unit}`
  | `${number}${Unit}${number}${Unit}`
  | `${number}${Unit}${number}${Unit}${number}${Unit}`
  | `P${string}`
