import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Button } from '../button/Button.tsx'
import { Icon } from '../icon/Icon.tsx'
import { blocksOf, foldBlocks } from './blocks.ts'
import { type CanvasHandle, GraphCanvas } from './GraphCanvas.tsx'
import classes from './GraphView.module.css'
import type { Graph } from './graph.ts'
import { focusOf, foldLive, type GraphLive, NOTHING_LIVE } from './live.ts'
import { type Lit, LiveStore, LiveStoreProvider } from './live-store.ts'
import { type Direction, neighbourOf } from './neighbour.ts'
import { Outline } from './Outline.tsx'
import { useGraphLayout } from './use-graph-layout.ts'
import { useWords } from './words.ts'

export interface GraphViewProps {
  readonly graph: Graph
  /** Of the workflow, for screen readers. */
  readonly title: string
  /** What a running instance adds. Give the same object for as long as nothing changes. */
  readonly live?: GraphLive
  /** Id of the node in question. */
  readonly selected?: string | undefined
  readonly onSelect?: (id: string | undefined) => void
  /** Enter or a click on the node that is selected already. */
  readonly onOpen?: (id: string) => void
  /** The node to open on; else the most urgent token's. */
  readonly focus?: string
  /** What a play of a counterexample points at. */
  readonly lit?: Lit | undefined
  /** Shows the list at first. */
  readonly isOutline?: boolean
}

const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowDown: 'down', ArrowUp: 'up', ArrowLeft: 'left', ArrowRight: 'right' }
const ZOOM_STEP = 1.25

/**
 * A workflow as a drawing, with its tokens while it runs, and as an outline that says the same. Fills its parent, which needs a height.
 *
 * Keys, when the drawing has the focus: arrows go from node to node, Enter opens, Space folds the branches of a split, `+` `-` zoom, `0` fits,
 * Home goes to the step that waits.
 */
export const GraphView = (props: GraphViewProps) => {
  const { graph, title, live = NOTHING_LIVE, selected, onSelect, onOpen, lit } = props
  const t = useWords()
  const [isOutline, setOutline] = useState(props.isOutline ?? false)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  const canvas = useRef<CanvasHandle>(null)
  const isTouched = useRef(false)
  const hintId = useId()

  const blocks = useMemo(() => blocksOf(graph), [graph])
  const foldable = useMemo(() => new Set(blocks.map((block) => block.split)), [blocks])
  const drawn = useMemo(() => foldBlocks(graph, blocks, folded), [graph, blocks, folded])
  const drawnLive = useMemo(() => foldLive(live, drawn), [live, drawn])
  const layout = useGraphLayout(
    drawn,
    useCallback(() => isTouched.current, []),
  )
  const [store] = useState(() => new LiveStore())
  const focus = props.focus ?? focusOf(drawnLive, drawn)

  useEffect(() => store.set({ live: drawnLive, selected, lit }), [store, drawnLive, selected, lit])
  useEffect(() => {
    if (selected !== undefined) canvas.current?.show(selected)
  }, [selected])
  useEffect(() => {
    if (lit?.node !== undefined) canvas.current?.show(lit.node)
  }, [lit?.node])

  const select = useCallback(
    (id: string | undefined) => {
      isTouched.current = true
      if (id !== undefined && id === selected) onOpen?.(id)
      else onSelect?.(id)
    },
    [onSelect, onOpen, selected],
  )
  const fold = useCallback((id: string) => {
    const split = id.startsWith('block:') ? id.slice('block:'.length) : id
    isTouched.current = true
    setAnchor(split)
    setFolded((before) => {
      const after = new Set(before)
      if (!after.delete(split)) after.add(split)
      return after
    })
  }, [])

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = DIRECTIONS[event.key]
    const here = selected ?? focus ?? drawn.nodes[0]?.id
    if (direction !== undefined && here !== undefined)
      onSelect?.(selected === undefined ? here : (neighbourOf(drawn, layout, here, direction) ?? here))
    else if (event.key === 'Enter' && selected !== undefined) onOpen?.(selected)
    else if (event.key === ' ' && selected !== undefined && (foldable.has(selected) || selected.startsWith('block:'))) fold(selected)
    else if (event.key === '+' || event.key === '=') canvas.current?.zoom(ZOOM_STEP)
    else if (event.key === '-') canvas.current?.zoom(1 / ZOOM_STEP)
    else if (event.key === '0') canvas.current?.fit()
    else if (event.key === 'Home' && focus !== undefined) canvas.current?.show(focus, { isMiddle: true })
    else return
    event.preventDefault()
  }

  if (graph.nodes.length === 0) return <p className={classes.empty}>{t('empty')}</p>
  const chosen = drawn.nodes.find((node) => node.id === selected)
  return (
    <LiveStoreProvider value={store}>
      <div className={classes.view}>
        {isOutline ? (
          <Outline graph={graph} live={live} selected={selected} onSelect={select} />
        ) : (
          // A drawing that takes the keys named in its label: no form, no list, and nothing else to be tabbed to.
          <div
            role="group"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className={classes.drawing}
            aria-label={t('canvas', { title })}
            aria-describedby={hintId}
            onKeyDown={onKeyDown}
          >
            <GraphCanvas
              graph={drawn}
              layout={layout}
              foldable={foldable}
              onFold={fold}
              anchor={anchor}
              focus={focus}
              selected={selected}
              onSelect={select}
              onTouch={() => {
                isTouched.current = true
              }}
              canvas={canvas}
            />
            <span id={hintId} className="mr-unseen" aria-live="polite">
              {chosen === undefined ? '' : `${chosen.title} ${t(`type.${chosen.type}`)}`}
            </span>
          </div>
        )}
        <div className={classes.tools}>
          {isOutline ? null : (
            <>
              <Button
                look="quiet"
                size="small"
                isIcon
                aria-label={t('zoomOut')}
                title={t('zoomOut')}
                onClick={() => canvas.current?.zoom(1 / ZOOM_STEP)}
              >
                −
              </Button>
              <Button
                look="quiet"
                size="small"
                isIcon
                aria-label={t('zoomIn')}
                title={t('zoomIn')}
                onClick={() => canvas.current?.zoom(ZOOM_STEP)}
              >
                +
              </Button>
              <Button look="quiet" size="small" onClick={() => canvas.current?.fit()}>
                {t('fit')}
              </Button>
              {focus === undefined || drawnLive.tokens.size === 0 ? null : (
                <Button
                  look="quiet"
                  size="small"
                  isIcon
                  aria-label={t('focus')}
                  title={t('focus')}
                  onClick={() => canvas.current?.show(focus, { isMiddle: true })}
                >
                  <Icon name="play" size={12} />
                </Button>
              )}
            </>
          )}
          <Button look="quiet" size="small" aria-pressed={isOutline} onClick={() => setOutline(!isOutline)}>
            {t('outline')}
          </Button>
        </div>
      </div>
    </LiveStoreProvider>
  )
}
