import { useStore, ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { MARK_COLOURS, SHAPES } from '../status-mark/shape.tsx'
import classes from './FarShapes.module.css'
import type { Graph } from './graph.ts'
import type { Layout, PlacedNode } from './layout/layout.ts'
import { useOverlay } from './live-store.ts'

/** Screen pixels of a status shape from afar: it stays readable when its box is a speck. */
const MARK_SIZE = 14

/** The drawing from afar: every node as a plain shape in one picture, and the status shapes at their usual size on top. */
export const FarShapes = memo(({ graph, layout }: { readonly graph: Graph; readonly layout: Layout }) => {
  const { live, selected, lit } = useOverlay()
  // In steps: the shapes need not follow every notch of the wheel.
  const zoom = useStore((state) => 2 ** (Math.round(Math.log2(state.transform[2]) * 4) / 4))
  const passed = useMemo(() => shapes(graph, layout, (id) => live.passes.has(id)), [graph, layout, live.passes])
  const others = useMemo(() => shapes(graph, layout, (id) => !live.passes.has(id)), [graph, layout, live.passes])
  return (
    <ViewportPortal>
      <svg className={classes.layer} width={layout.width} height={layout.height} aria-hidden="true">
        <path className={classes.other} d={others} />
        <path className={classes.passed} d={passed} />
        <Outlined layout={layout} id={lit?.node} className={lit?.isDefect === true ? classes.defect : classes.lit} />
        <Outlined layout={layout} id={selected} className={classes.selected} />
        {[...live.tokens].map(([id, [first]]) => {
          const box = layout.nodes.get(id)
          if (box === undefined || first === undefined) return null
          const scale = MARK_SIZE / 12 / zoom
          return (
            <g
              key={id}
              transform={`translate(${box.x + box.width / 2 - 6 * scale} ${box.y + box.height / 2 - 6 * scale}) scale(${scale})`}
              style={{ color: MARK_COLOURS[first.mark] }}
              data-mark={first.mark}
            >
              <rect x="-3" y="-3" width="18" height="18" rx="2" className={classes.ground} />
              {SHAPES[first.mark]}
            </g>
          )
        })}
      </svg>
    </ViewportPortal>
  )
})

const Outlined = ({
  layout,
  id,
  className,
}: {
  readonly layout: Layout
  readonly id: string | undefined
  readonly className: string | undefined
}) => {
  const box = id === undefined ? undefined : layout.nodes.get(id)
  return box === undefined ? null : <path className={className} d={rectangle(box)} />
}

function shapes(graph: Graph, layout: Layout, isWanted: (id: string) => boolean): string {
  return graph.nodes
    .flatMap(({ id }) => {
      const box = layout.nodes.get(id)
      return box === undefined || !isWanted(id) ? [] : [rectangle(box)]
    })
    .join('')
}

function rectangle({ x, y, width, height }: PlacedNode): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`
}
