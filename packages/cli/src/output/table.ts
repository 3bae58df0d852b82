import { stripVTControlCharacters } from 'node:util'
import { plain } from './plain.ts'

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  readonly align?: 'right'
  /** Gets narrower first when the terminal is too narrow; otherwise a column keeps its width. */
  readonly canShrink?: boolean
  readonly paint?: (text: string, row: Row) => string
}

export interface TableOptions {
  /** Width of the terminal; absent = do not cut (a pipe). */
  readonly columns?: number
  readonly head: (text: string) => string
}

const GAP = '  '
const LEAST_WIDTH = 8

/** Rows as aligned text, one line each, without trailing spaces. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], options: TableOptions): string {
  const cells = rows.map((row) => columns.map((column) => plain(column.cell(row))))
  const widths = columns.map((column, index) => Math.max(width(column.title), ...cells.map((row) => width(row[index] ?? ''))))
  shrink(widths, columns, options.columns)
  const line = (texts: readonly string[], paint: (text: string, index: number) => string): string =>
    texts
      .map((text, index) => {
        const to = widths[index] ?? 0
        const cut = fit(text, to)
        const padding = ' '.repeat(Math.max(0, to - width(cut)))
        const painted = cut === '' ? '' : paint(cut, index)
        return columns[index]?.align === 'right' ? padding + painted : painted + padding
      })
      .join(GAP)
      .trimEnd()
  const head = line(
    columns.map((column) => column.title),
    (text) => options.head(text),
  )
  const body = cells.map((texts, at) =>
    line(texts, (text, index) => {
      const row = rows[at]
      return row === undefined ? text : (columns[index]?.paint?.(text, row) ?? text)
    }),
  )
  return [head, ...body].join('\n')
}

const shrink = (widths: number[], columns: readonly Column<never>[], terminal: number | undefined): void => {
  if (terminal === undefined) return
  const total = (): number => widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1)
  while (total() > terminal) {
    const candidates = columns.flatMap((column, index) => (column.canShrink === true && (widths[index] ?? 0) > LEAST_WIDTH ? [index] : []))
    const widest = candidates.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
    if (widest === undefined) return
    widths[widest] = (widths[widest] ?? 0) - 1
  }
}

const fit = (text: string, to: number): string => {
  if (width(text) <= to) return text
  let kept = ''
  for (const { segment } of segmenter.segment(text)) {
    if (width(kept + segment) > to - 1) break
    kept += segment
  }
  return `${kept}…`
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Columns a text takes on a terminal: East Asian wide characters and emoji take two. */
export const width = (text: string): number => {
  const bare = stripVTControlCharacters(text)
  // Most text is ASCII: the segmenter is slow.
  if (/^[\u0020-\u007e]*$/.test(bare)) return bare.length
  let total = 0
  for (const { segment } of segmenter.segment(bare)) total += isWide(segment) ? 2 : 1
  return total
}

const isWide = (segment: string): boolean =>
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|^[\u{20000}-\u{3fffd}]/u.test(
    segment,
  )
