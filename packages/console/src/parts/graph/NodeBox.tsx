import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Icon } from '../icon/Icon.tsx'
import { MARK_COLOURS } from '../status-mark/shape.tsx'
import type { GraphNode } from './graph.ts'
import { useNodeOverlay } from './live-store.ts'
import classes from './NodeBox.module.css'
import { TokenMarks } from './TokenMarks.tsx'
import { TypeGlyph } from './TypeGlyph.tsx'
import { useWords } from './words.ts'

export interface BoxData extends Record<string, unknown> {
  readonly node: GraphNode
  /** Its branches can be folded. */
  readonly isFoldable: boolean
  readonly onFold: (id: string) => void
}

export type BoxNode = Node<BoxData, 'box'>

/** One node of the drawing. Its text is plain: the canvas around it is what takes keys, the outline what readers walk through. */
export const NodeBox = memo(({ data: { node, isFoldable, onFold } }: NodeProps<BoxNode>) => {
  const t = useWords()
  const { tokens, passes, isSelected, lit } = useNodeOverlay(node.id)
  const [first] = tokens
  const isSmall = node.detail === undefined && node.holds === undefined
  const title = node.holds === undefined ? node.title : t('steps', { count: node.holds.length })
  return (
    <div
      className={classes.box}
      data-type={node.type}
      data-selected={isSelected || undefined}
      data-passed={passes > 0 || undefined}
      data-lit={lit}
      style={first === undefined ? undefined : { borderColor: MARK_COLOURS[first.mark] }}
    >
      <span className={classes.glyph}>
        <TypeGlyph type={node.type} />
      </span>
      <span className={classes.words} title={node.detail === undefined ? title : `${title}\n${node.detail}`}>
        <bdi className={isSmall ? classes.only : classes.title}>{title}</bdi>
        {node.detail === undefined ? null : <bdi className={classes.detail}>{node.detail}</bdi>}
      </span>
      {isFoldable || node.type === 'block' ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.fold}
          aria-label={node.type === 'block' ? t('unfold') : t('fold', { title: node.title })}
          title={node.type === 'block' ? t('unfold') : t('fold', { title: node.title })}
          onClick={(event) => {
            event.stopPropagation()
            onFold(node.id)
          }}
        >
          <Icon name={node.type === 'block' ? 'right' : 'down'} size={12} />
        </button>
      ) : null}
      <TokenMarks tokens={tokens} />
      {passes > 1 ? (
        <span className={classes.passes} title={t('passes', { count: passes })}>
          ×{passes}
        </span>
      ) : null}
    </div>
  )
})
