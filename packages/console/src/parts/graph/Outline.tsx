import { memo, useMemo } from 'react'
import type { Graph, GraphNode } from './graph.ts'
import type { GraphLive } from './live.ts'
import classes from './Outline.module.css'
import { type OutlineLead, type OutlineNode, outlineOf } from './outline.ts'
import { TokenMarks } from './TokenMarks.tsx'
import { TypeGlyph } from './TypeGlyph.tsx'
import { useWords } from './words.ts'

export interface OutlineProps {
  readonly graph: Graph
  readonly live: GraphLive
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

/** The drawing as nested lists: everything it says, for keyboard and screen reader. Branches fold by the browser's own disclosure. */
export const Outline = memo(({ graph, ...rest }: OutlineProps) => {
  const list = useMemo(() => outlineOf(graph), [graph])
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph])
  return (
    <div className={classes.outline}>
      <List list={list} nodes={nodes} {...rest} />
    </div>
  )
})

interface ListProps extends Omit<OutlineProps, 'graph'> {
  readonly list: readonly OutlineNode[]
  readonly nodes: ReadonlyMap<string, GraphNode>
}

const List = ({ list, ...rest }: ListProps) => (
  <ol className={classes.list}>
    {list.map((item) => (
      <Item key={item.id} item={item} {...rest} />
    ))}
  </ol>
)

const Item = ({ item, ...rest }: Omit<ListProps, 'list'> & { readonly item: OutlineNode }) => {
  const { nodes, live, selected, onSelect } = rest
  const t = useWords()
  const node = nodes.get(item.id)
  if (node === undefined) return null
  const passes = live.passes.get(item.id) ?? 0
  return (
    <li>
      <button type="button" className={classes.node} aria-current={selected === item.id || undefined} onClick={() => onSelect(item.id)}>
        <TypeGlyph type={node.type} />
        <span className="mr-unseen">{t(`type.${node.type}`)}</span>
        <bdi className={classes.title}>{node.title}</bdi>
        {node.detail === undefined ? null : <bdi className={classes.detail}>{node.detail}</bdi>}
        {passes > 0 ? <span className={classes.detail}>{t('passes', { count: passes })}</span> : null}
        <TokenMarks tokens={live.tokens.get(item.id) ?? []} />
      </button>
      {item.leads.map((lead) => (
        <Lead key={`${lead.to} ${lead.label ?? ''}`} lead={lead} title={nodes.get(lead.to)?.title ?? lead.to} onSelect={onSelect} />
      ))}
      {item.branches.map((branch, i) => (
        // Branches have no name of their own; their order is what they are.
        <details key={i} open className={classes.branch}>
          <summary>
            <bdi>{branch.label ?? t('branch', { number: i + 1 })}</bdi>
            {branch.joins === undefined ? null : ` ${t('on', { title: nodes.get(branch.joins)?.title ?? branch.joins })}`}
          </summary>
          {branch.nodes.length === 0 ? null : <List {...rest} list={branch.nodes} />}
        </details>
      ))}
    </li>
  )
}

const Lead = ({
  lead,
  title,
  onSelect,
}: {
  readonly lead: OutlineLead
  readonly title: string
  readonly onSelect: (id: string) => void
}) => {
  const t = useWords()
  return (
    <button type="button" className={classes.lead} onClick={() => onSelect(lead.to)}>
      {lead.label === undefined ? null : <bdi>{`${lead.label}: `}</bdi>}
      {t(lead.isBack ? 'back' : 'on', { title })}
    </button>
  )
}
