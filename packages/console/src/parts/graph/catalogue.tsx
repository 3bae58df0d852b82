import { useState } from 'react'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { GraphView, type GraphViewProps } from './GraphView.tsx'
import { graphOf } from './graph.fixture.ts'
import type { Graph } from './graph.ts'
import type { GraphLive } from './live.ts'

const publish: Graph = {
  nodes: [
    { id: 'start', title: 'Start', type: 'start' },
    { id: 'review', title: 'Review the page', type: 'participant', detail: 'group:editors' },
    { id: 'rework', title: 'Rework', type: 'participant', detail: 'initiator' },
    { id: 'fork', title: 'Publish everywhere', type: 'and-split' },
    { id: 'publish', title: 'Publish the page', type: 'process', detail: 'http.request' },
    { id: 'translate', title: 'Übersetzung prüfen', type: 'participant', detail: 'group:translators' },
    { id: 'index', title: 'פרסום הדף', type: 'process', detail: 'search.index' },
    { id: 'joined', title: 'All done', type: 'and-join' },
    { id: 'wait', title: 'Cool down', type: 'wait', detail: 'PT30M' },
    { id: 'announce', title: 'Announce it to everybody who has subscribed', type: 'process', detail: 'mail.send' },
    { id: 'end', title: 'End', type: 'end' },
  ],
  edges: [
    { id: '0', from: 'start', to: 'review' },
    { id: '1', from: 'review', to: 'fork', label: 'Publish', style: 'primary' },
    { id: '2', from: 'review', to: 'rework', label: 'Send back', style: 'danger' },
    { id: '3', from: 'rework', to: 'review' },
    { id: '4', from: 'fork', to: 'publish' },
    { id: '5', from: 'fork', to: 'translate' },
    { id: '6', from: 'fork', to: 'index' },
    { id: '7', from: 'publish', to: 'joined' },
    { id: '8', from: 'translate', to: 'joined' },
    { id: '9', from: 'index', to: 'joined' },
    { id: '10', from: 'joined', to: 'wait' },
    { id: '11', from: 'wait', to: 'announce' },
    { id: '12', from: 'announce', to: 'end' },
  ],
}

const running: GraphLive = {
  tokens: new Map([
    ['translate', [{ mark: 'person', count: 1 }]],
    ['index', [{ mark: 'timer', count: 1 }]],
    ['publish', [{ mark: 'incident', count: 1 }]],
  ]),
  resting: new Map(),
  passes: new Map([
    ['start', 1],
    ['review', 3],
    ['rework', 2],
    ['fork', 1],
  ]),
  passed: new Set(['0', '1', '2', '3', '4', '5', '6']),
}

/** Both branches go back while the join waits for both. */
const unsound = graphOf('start>fork fork>a fork>b a>check check>all[good] check>fork[again] b>all all>end', {
  fork: 'and-split',
  all: 'and-join',
  check: 'or-split',
})

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'graph: a model', height: 520, show: () => <Chosen graph={publish} title="Publish a page" /> },
  {
    name: 'graph: a running instance',
    height: 520,
    show: () => <Chosen graph={publish} title="Publish a page" live={running} initial="translate" />,
  },
  { name: 'graph: its outline', height: 520, show: () => <Chosen graph={publish} title="Publish a page" live={running} isOutline /> },
  {
    name: 'graph: what goes wrong',
    height: 420,
    show: () => (
      <Chosen
        graph={unsound}
        title="Unsound"
        live={{
          ...running,
          tokens: new Map(),
          passes: new Map(),
          passed: new Set(),
          resting: new Map([
            ['3', 1],
            ['6', 2],
          ]),
        }}
        lit={{ node: 'fork', edges: new Set(['5']), isDefect: true }}
      />
    ),
  },
  { name: 'graph: from afar', height: 420, show: () => <Chosen graph={large()} title="Large" live={runningLarge} /> },
]

const Chosen = ({ initial, ...props }: GraphViewProps & { readonly initial?: string }) => {
  const [selected, setSelected] = useState<string | undefined>(initial)
  return <GraphView {...props} selected={selected} onSelect={setSelected} />
}

/** Ten rounds of twelve branches. */
function large(): Graph {
  const words = Array.from({ length: 10 }, (_, round) =>
    Array.from({ length: 12 }, (_unused, branch) => `r${round}>s${round}-${branch} s${round}-${branch}>r${round + 1}`).join(' '),
  )
  return graphOf(`start>r0 ${words.join(' ')} r10>end`)
}

const runningLarge: GraphLive = {
  tokens: new Map([
    ['s4-3', [{ mark: 'person', count: 1 }]],
    ['s4-9', [{ mark: 'running', count: 1 }]],
  ]),
  resting: new Map(),
  passes: new Map(['start', 'r0', 'r1', 'r2', 'r3', 's0-1', 's1-4', 's2-2', 's3-7', 'r4'].map((id) => [id, 1])),
  passed: new Set(),
}
