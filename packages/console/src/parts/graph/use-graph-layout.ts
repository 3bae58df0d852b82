import { useEffect, useMemo, useState } from 'react'
import type { Graph } from './graph.ts'
import { elkLayout } from './layout/elk.ts'
import { type Layout, layout } from './layout/layout.ts'

/**
 * Our own drawing at once. For a graph that is no nested blocks, elk's replaces it as soon as its worker answers, unless the reader has
 * begun to move or choose: a drawing that jumps under the hand is worse than one with a few more crossings.
 */
export const useGraphLayout = (graph: Graph, isTouched: () => boolean): Layout => {
  const own = useMemo(() => layout(graph), [graph])
  const [better, setBetter] = useState<{ readonly graph: Graph; readonly layout: Layout }>()
  useEffect(() => {
    if (own.isBlockStructured) return undefined
    let isWanted = true
    void elkLayout(graph).then((answer) => {
      if (isWanted && answer !== undefined && !isTouched()) setBetter({ graph, layout: answer })
    })
    return () => {
      isWanted = false
    }
  }, [graph, own, isTouched])
  return better?.graph === graph ? better.layout : own
}
