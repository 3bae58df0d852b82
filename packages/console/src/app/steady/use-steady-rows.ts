import { useCallback, useEffect, useState } from 'react'
import { type Edges, freshRows, type Hand, nextLeaveMs, type RowLike, type Steady, settleRows, WHOLE } from './steady-rows.ts'

const NOTHING: Steady<never> = { shown: [], waiting: 0, hasBefore: false }

/**
 * Keeps a live list still under the hand (steady-rows.ts) and lets it go on when nobody is there.
 *
 * @param view names the list: with another name it begins afresh.
 */
export const useSteadyRows = <T extends RowLike>(server: readonly T[] | undefined, view: string, hand: Hand, edges: Edges = WHOLE) => {
  const [kept, setKept] = useState<{ readonly view: string; readonly steady: Steady<T> }>({ view, steady: NOTHING })
  const steady = kept.view === view ? kept.steady : NOTHING
  const { hasBefore, hasAfter } = edges

  const settle = useCallback(() => {
    if (server === undefined) return
    setKept((before) => {
      const after = settleRows(before.view === view ? before.steady : NOTHING, server, hand, Date.now(), { hasBefore, hasAfter })
      return before.view === view && after === before.steady ? before : { view, steady: after }
    })
  }, [server, view, hand, hasBefore, hasAfter])
  useEffect(settle, [settle])

  useEffect(() => {
    const inMs = nextLeaveMs(steady, Date.now())
    if (inMs === undefined) return
    const timer = setTimeout(settle, inMs)
    return () => clearTimeout(timer)
  }, [steady, settle])

  const showNew = useCallback(() => {
    if (server !== undefined) setKept({ view, steady: freshRows(server, { hasBefore, hasAfter }) })
  }, [server, view, hasBefore, hasAfter])
  return { steady, showNew }
}
