import { useStore, ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import classes from './EdgeLayer.module.css'
import type { Graph, GraphEdge } from './graph.ts'
import type { Layout } from './layout/layout.ts'
import type { Corner } from './layout/plan.ts'
import { useOverlay } from './live-store.ts'
import { type EdgeLabel, headPath, labelsOf, linePath } from './paths.ts'
import { FAR_ZOOM } from './view.ts'
import { isLineIn, isSameWindow, windowOf } from './visible.ts'

export interface EdgeLayerProps {
  readonly graph: Graph
  readonly layout: Layout
}

interface Line {
  readonly edge: GraphEdge
  readonly corners: readonly Corner[]
}

/** Words smaller than this cannot be read. */
const LABEL_ZOOM = 0.55

/**
 * All edges in one picture of a few paths. Not edges of xyflow: those are hidden by the box around their two ends, which a line that
 * runs beside the nodes leaves, and two thousand elements are what makes dragging slow.
 */
export const EdgeLayer = memo(({ graph, layout }: EdgeLayerProps) => {
  const window = useStore((state) => windowOf(state.transform, state), isSameWindow)
  const isFar = useStore((state) => state.transform[2] < FAR_ZOOM)
  const hasLabels = useStore((state) => state.transform[2] >= LABEL_ZOOM)
  const lines = useMemo(() => linesOf(graph, layout), [graph, layout])
  const labels = useMemo(() => labelsOf(graph, layout), [graph, layout])
  const shown = useMemo(() => lines.filter(({ corners }) => isLineIn(corners, window)), [lines, window])
  const { live, lit } = useOverlay()
  const plain = shown.filter(({ edge }) => !live.passed.has(edge.id) && lit?.edges.has(edge.id) !== true)
  const passed = shown.filter(({ edge }) => live.passed.has(edge.id) && lit?.edges.has(edge.id) !== true)
  const pointed = shown.filter(({ edge }) => lit?.edges.has(edge.id) === true)
  return (
    <ViewportPortal>
      <svg className={classes.layer} width={layout.width} height={layout.height} data-far={isFar || undefined} aria-hidden="true">
        <Strokes className={classes.plain} lines={plain} />
        <Strokes className={classes.passed} lines={passed} />
        <Strokes className={lit?.isDefect === true ? classes.defect : classes.lit} lines={pointed} />
        {hasLabels ? <Labels labels={labels} window={window} /> : null}
        {shown.map(({ edge, corners }) => {
          const count = live.resting.get(edge.id)
          return count === undefined ? null : <Resting key={edge.id} corners={corners} count={count} />
        })}
      </svg>
    </ViewportPortal>
  )
})

const Strokes = memo(({ lines, className }: { readonly lines: readonly Line[]; readonly className: string | undefined }) => {
  const line = useMemo(() => lines.map(({ corners }) => linePath(corners)).join(''), [lines])
  const head = useMemo(() => lines.map(({ corners }) => headPath(corners)).join(''), [lines])
  if (lines.length === 0) return null
  return (
    <g className={className}>
      <path d={line} fill="none" />
      <path d={head} stroke="none" />
    </g>
  )
}, hasSameLines)

/** A change elsewhere makes a new list of the same lines, and no new picture. */
function hasSameLines(
  a: { readonly lines: readonly Line[]; readonly className: string | undefined },
  b: { readonly lines: readonly Line[]; readonly className: string | undefined },
): boolean {
  return a.className === b.className && a.lines.length === b.lines.length && a.lines.every((line, i) => line === b.lines[i])
}

const Labels = memo(({ labels, window }: { readonly labels: readonly EdgeLabel[]; readonly window: ReturnType<typeof windowOf> }) =>
  labels
    .filter(({ x, y }) => x >= window.left && x <= window.right && y >= window.top && y <= window.bottom)
    .map(({ edges, x, y, text, full, anchor }) => (
      <text key={edges[0]} x={x} y={y} textAnchor={anchor} className={classes.label}>
        <title>{full}</title>
        {text}
      </text>
    )),
)

/** A token that waits before a join: on the line, just before its end. */
const Resting = ({ corners, count }: { readonly corners: readonly Corner[]; readonly count: number }) => {
  const end = corners.at(-1)
  const before = corners.at(-2)
  if (end === undefined || before === undefined) return null
  const x = end.x - Math.sign(end.x - before.x) * 14
  const y = end.y - Math.sign(end.y - before.y) * 14
  return (
    <g className={classes.resting}>
      <circle cx={x} cy={y} r="6" />
      {count > 1 ? (
        <text x={x} y={y + 3.5} textAnchor="middle">
          {count}
        </text>
      ) : null}
    </g>
  )
}

function linesOf(graph: Graph, layout: Layout): readonly Line[] {
  return graph.edges.map((edge) => ({ edge, corners: layout.edgePoints.get(edge.id) ?? [] }))
}
