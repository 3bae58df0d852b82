/** Most letters of a value within a sentence. */
const MOST = 80

/** A value in one line, cut where it is long. */
export const jsonLine = (value: unknown): string => {
  if (value === undefined) return '–'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
