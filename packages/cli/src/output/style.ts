import { styleText } from 'node:util'

/** Colours and weights, or nothing where nobody would see them. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
}

const same = (text: string): string => text
const NONE: Style = { bold: same, dim: same, red: same, green: same, yellow: same }

const formatted = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow') => (text: string) =>
  styleText(format, text, { validateStream: false })
const ALL: Style = {
  bold: formatted('bold'),
  dim: formatted('dim'),
  red: formatted('red'),
  green: formatted('green'),
  yellow: formatted('yellow'),
}

/** Colour only on a terminal that wants it: `--no-color` first, then NO_COLOR and FORCE_COLOR as everybody reads them. */
export const styleOf = (options: {
  readonly wantsColor: boolean
  readonly isTerminal: boolean
  readonly env: { readonly [name: string]: string | undefined }
}): Style => {
  const { wantsColor, isTerminal, env } = options
  if (!wantsColor || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return NONE
  return isTerminal || (env['FORCE_COLOR'] ?? '0') !== '0' ? ALL : NONE
}
