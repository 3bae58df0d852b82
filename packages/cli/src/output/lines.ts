import { plain } from './plain.ts'
import type { Style } from './style.ts'

/** Names and values as aligned lines; what is undefined or empty is left out. */
export const lines = (style: Style, rows: readonly (readonly [string, string | undefined])[]): string => {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== '')
  const width = Math.max(0, ...shown.map(([name]) => name.length))
  return shown.map(([name, value]) => `${style.dim(name.padEnd(width))}  ${plain(value)}`).join('\n')
}
