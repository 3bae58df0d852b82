import type { Model } from '@millrace/model'
import type { HistoryEntry, Instance } from '@millrace/protocol'
import { useMemo } from 'react'
import { GraphView } from '../../../parts/graph/GraphView.tsx'
import { graphOfModel } from '../../../parts/graph/graph.ts'
import { liveOfInstance } from '../../../parts/graph/live.ts'
import { passedEdges } from './passed-edges.ts'

export interface InstanceGraphProps {
  readonly instance: Instance
  /** As the version has it. */
  readonly model: { readonly [name: string]: unknown }
  readonly facts: readonly HistoryEntry[] | undefined
  readonly selected: string | undefined
  readonly onSelect: (node: string | undefined) => void
}

/** The instance's model with its tokens. */
export const InstanceGraph = ({ instance, model, facts, selected, onSelect }: InstanceGraphProps) => {
  // The server stores only what the parser made: a version's model is a Model.
  const graph = useMemo(() => graphOfModel(model as unknown as Model), [model])
  const passed = useMemo(() => passedEdges(facts ?? []), [facts])
  const live = useMemo(() => liveOfInstance(instance, graph, passed), [instance, graph, passed])
  return <GraphView graph={graph} title={instance.title} live={live} selected={selected} onSelect={onSelect} />
}
