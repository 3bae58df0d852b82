/** Most letters of a value within a sentence. */
const MOST = 80

/** A value in one line, cut where it is long. */
export const jsonLine = (value: unknown): string => {
  const text = JSON.stringify(value)
  if (text === undefined) return '–'
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
