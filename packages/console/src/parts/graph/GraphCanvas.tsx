import { ReactFlow, ReactFlowProvider, useReactFlow, useStore, type Viewport } from '@xyflow/react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import '@xyflow/react/dist/base.css'
import { EdgeLayer } from './EdgeLayer.tsx'
import { FarShapes } from './FarShapes.tsx'
import classes from './GraphCanvas.module.css'
import type { Graph } from './graph.ts'
import type { Layout } from './layout/layout.ts'
import { type BoxNode, NodeBox } from './NodeBox.tsx'
import { centredView, FAR_ZOOM, fittingView, MAX_ZOOM, MIN_ZOOM, openingView, type Screen } from './view.ts'

export interface GraphCanvasProps {
  readonly graph: Graph
  readonly layout: Layout
  /** Ids of nodes whose branches can be folded. */
  readonly foldable: ReadonlySet<string>
  readonly onFold: (id: string) => void
  /** The node that stays where it is on the screen when the layout changes. */
  readonly anchor: string | undefined
  /** Where to open. */
  readonly focus: string | undefined
  readonly selected: string | undefined
  readonly onSelect: (id: string | undefined) => void
  /** The reader has moved the drawing. */
  readonly onTouch: () => void
  readonly canvas: React.Ref<CanvasHandle>
}

export interface CanvasHandle {
  fit(): void
  /** Brings a node into the middle, if it is not in sight. */
  show(id: string, options?: { readonly isMiddle?: boolean }): void
  zoom(by: number): void
}

const NODE_TYPES = { box: NodeBox }
const NO_NODES: BoxNode[] = []

/** The drawing itself. It is measured first, so that it opens in its place at once and is painted once. */
export const GraphCanvas = (props: GraphCanvasProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const [screen, setScreen] = useState<Screen>()
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const measure = () => {
      const { clientWidth, clientHeight } = element
      if (clientWidth > 0 && clientHeight > 0) setScreen({ width: clientWidth, height: clientHeight })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={frame} className={classes.frame}>
      {screen === undefined ? null : (
        <ReactFlowProvider>
          <Flow {...props} screen={screen} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

const Flow = (props: GraphCanvasProps & { readonly screen: Screen }) => {
  const { graph, layout, foldable, onFold, focus, screen, onSelect, onTouch } = props
  const flow = useReactFlow()
  // Where it opens is decided once: what comes later must not pull the drawing away.
  const [opening] = useState<Viewport>(() => openingView(layout, screen, focus))
  const isFar = useStore((state) => state.transform[2] < FAR_ZOOM)
  const nodes = useMemo(() => boxNodes({ graph, layout, foldable, onFold }), [graph, layout, foldable, onFold])
  useCanvasHandle(props)
  useKeepAnchor(layout, props.anchor)
  const selectAt = useCallback(
    (event: React.MouseEvent) => {
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
      onSelect(nodeAt(layout, x, y))
    },
    [flow, layout, onSelect],
  )
  return (
    <ReactFlow
      nodes={isFar ? NO_NODES : nodes}
      nodeTypes={NODE_TYPES}
      defaultViewport={opening}
      minZoom={Math.min(MIN_ZOOM, opening.zoom)}
      maxZoom={MAX_ZOOM}
      onlyRenderVisibleElements
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      onNodeClick={(_, node) => onSelect(node.id)}
      onPaneClick={selectAt}
      onMoveStart={(event) => {
        if (event !== null) onTouch()
      }}
    >
      {isFar ? <FarShapes graph={graph} layout={layout} /> : null}
      <EdgeLayer graph={graph} layout={layout} />
    </ReactFlow>
  )
}

const useCanvasHandle = ({ canvas, layout, screen }: GraphCanvasProps & { readonly screen: Screen }) => {
  const flow = useReactFlow()
  useEffect(() => {
    const handle: CanvasHandle = {
      fit: () => void flow.setViewport(fittingView(layout, screen)),
      zoom: (by) => void flow.zoomTo(flow.getZoom() * by),
      show: (id, { isMiddle = false } = {}) => {
        const box = layout.nodes.get(id)
        if (box === undefined) return
        const { x, y, zoom } = flow.getViewport()
        const isInSight =
          box.x * zoom + x >= 0 &&
          box.y * zoom + y >= 0 &&
          (box.x + box.width) * zoom + x <= screen.width &&
          (box.y + box.height) * zoom + y <= screen.height
        if (isInSight && !isMiddle) return
        const near = isMiddle ? Math.max(zoom, 1) : zoom
        void flow.setViewport(centredView(layout, screen, { x: box.x + box.width / 2, y: box.y + box.height / 2, zoom: near }))
      },
    }
    assign(canvas, handle)
    return () => assign(canvas, null)
  }, [canvas, flow, layout, screen])
}

function assign(ref: React.Ref<CanvasHandle>, handle: CanvasHandle | null): void {
  if (typeof ref === 'function') ref(handle)
  else if (ref !== null) ref.current = handle
}

/** Folding moves everything but the node that was folded. */
const useKeepAnchor = (layout: Layout, anchor: string | undefined) => {
  const flow = useReactFlow()
  const before = useRef(layout)
  useLayoutEffect(() => {
    const was = anchor === undefined ? undefined : before.current.nodes.get(anchor)
    const is = anchor === undefined ? undefined : layout.nodes.get(anchor)
    before.current = layout
    if (was === undefined || is === undefined || was === is) return
    const { x, y, zoom } = flow.getViewport()
    void flow.setViewport({ x: x + (was.x - is.x) * zoom, y: y + (was.y - is.y) * zoom, zoom })
  }, [layout, anchor, flow])
}

function boxNodes({ graph, layout, foldable, onFold }: Pick<GraphCanvasProps, 'graph' | 'layout' | 'foldable' | 'onFold'>): BoxNode[] {
  return graph.nodes.flatMap((node) => {
    const box = layout.nodes.get(node.id)
    if (box === undefined) return []
    const { x, y, width, height } = box
    const data = { node, isFoldable: foldable.has(node.id), onFold }
    // No handles: lines are ours, and a node without them needs no measuring.
    return [{ id: node.id, type: 'box', position: { x, y }, width, height, handles: [], data }]
  })
}

function nodeAt(layout: Layout, x: number, y: number): string | undefined {
  for (const [id, box] of layout.nodes) {
    if (x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return id
  }
  return undefined
}
