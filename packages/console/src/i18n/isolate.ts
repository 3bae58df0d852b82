/** Letters that are written from right to left, and marks that turn the direction of what follows them. */
const TURNS = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]/
const ISOLATE = '\u2068'
const END = '\u2069'

/** Letters of a value within a sentence: what is longer stands somewhere else whole. */
const MOST = 200

/**
 * A value put into one of our sentences where no element can isolate it (toasts, tooltips, names of buttons): what turns direction is kept between marks
 * that end with it, and a text of any length does not become a sentence of any length.
 *
 * @example i18next.init({ interpolation: { escapeValue: true, escape: isolateValue } })
 */
export const isolateValue = (value: string): string => {
  const short = value.length > MOST ? `${value.slice(0, MOST)}…` : value
  return TURNS.test(short) ? `${ISOLATE}${short}${END}` : short
}
