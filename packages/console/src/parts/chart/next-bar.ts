import type { BarBox } from './bar-plot.ts'

/**
 * The bar an arrow key goes to; undefined for other keys and at the edges. Sideways to the nearest column that has bars, there to the one whose middle is
 * nearest in height; up and down within the column.
 *
 * @param bars by column, in each stack by stack from the foot to the head
 */
export const nextBar = (bars: readonly BarBox[], from: BarBox | undefined, key: string): BarBox | undefined => {
  if (from === undefined) return undefined
  const at = bars.indexOf(from)
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = bars[key === 'ArrowUp' ? at + 1 : at - 1]
      return next?.column === from.column ? next : undefined
    }
    case 'ArrowRight':
      return nearest(bars, from, bars.find(({ column }) => column > from.column)?.column)
    case 'ArrowLeft':
      return nearest(bars, from, bars.findLast(({ column }) => column < from.column)?.column)
    case 'Home':
      return bars[0]
    case 'End':
      return bars.at(-1)
    default:
      return undefined
  }
}

const middleOf = ({ top, height }: BarBox): number => top + height / 2

const nearest = (bars: readonly BarBox[], from: BarBox, column: number | undefined): BarBox | undefined => {
  const there = bars.filter((bar) => bar.column === column)
  const own = there.find(({ series }) => series === from.series)
  if (own !== undefined) return own
  return there.toSorted((a, b) => Math.abs(middleOf(a) - middleOf(from)) - Math.abs(middleOf(b) - middleOf(from)))[0]
}
