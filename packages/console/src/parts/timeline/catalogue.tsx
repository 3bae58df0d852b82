import type { TimelineRow } from '@millrace/protocol'
import { useState } from 'react'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { Timeline, type TimelineProps } from './Timeline.tsx'
import type { TimeWindow } from './time-scale.ts'
import { manyRows } from './timeline.fixture.ts'

const began = Date.UTC(2026, 2, 2, 8, 58)
const at = (minutes: number) => began + minutes * 60_000

const rows: readonly TimelineRow[] = [
  {
    step: 0,
    node: '',
    title: '',
    run: 1,
    spans: [
      { cause: 'queue', fromMs: at(0), toMs: at(40) },
      { cause: 'suspended', fromMs: at(2_000), toMs: at(2_300) },
    ],
  },
  {
    step: 1,
    node: 'review',
    title: 'Review the page',
    run: 1,
    spans: [{ cause: 'person', fromMs: at(40), toMs: at(1_500) }],
    end: 'closed',
    isCritical: true,
  },
  {
    step: 2,
    node: 'charge',
    title: 'Charge the card',
    run: 1,
    spans: [
      { cause: 'compute', fromMs: at(1_500), toMs: at(1_540) },
      { cause: 'retry', fromMs: at(1_540), toMs: at(1_600) },
      { cause: 'compute', fromMs: at(1_600), toMs: at(1_660) },
      { cause: 'incident', fromMs: at(1_660), toMs: at(2_000) },
      { cause: 'compute', fromMs: at(2_300), toMs: at(2_380) },
    ],
    end: 'closed',
    isCritical: true,
  },
  { step: 3, node: 'wait', title: 'Cool down', run: 1, spans: [{ cause: 'timer', fromMs: at(1_500), toMs: at(2_100) }], end: 'closed' },
  {
    step: 4,
    node: 'paid',
    title: 'فاتورة مدفوعة',
    run: 1,
    spans: [{ cause: 'message', fromMs: at(1_520), toMs: at(1_900) }],
    end: 'closed',
  },
  {
    step: 5,
    node: 'sub',
    title: 'Translate into every language that anybody reads',
    run: 1,
    spans: [{ cause: 'child', fromMs: at(2_380), toMs: at(2_700) }],
    end: 'closed',
    isCritical: true,
  },
  { step: 6, node: 'check', title: 'Check the translation', run: 1, spans: [{ cause: 'person', fromMs: at(2_700) }], isCritical: true },
]

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'timeline: every cause',
    height: 260,
    show: () => <Held rows={rows} whole={{ fromMs: at(0), toMs: at(3_200) }} nowMs={at(3_100)} />,
  },
  {
    name: 'timeline: waiting hidden',
    height: 260,
    show: () => <Held rows={rows} whole={{ fromMs: at(0), toMs: at(3_200) }} nowMs={at(3_100)} isWaitingHidden />,
  },
  {
    name: 'timeline: ten thousand steps, of which some are not here yet',
    height: 320,
    show: () => {
      const many = manyRows(10_000, began)
      return (
        <Held
          rows={many.slice(4_000)}
          left={{ before: 4_000, after: 0 }}
          whole={{ fromMs: began, toMs: began + 10_100_000 }}
          nowMs={began + 10_000_000}
        />
      )
    },
  },
]

const Held = (props: Omit<TimelineProps, 'title' | 'onSelect' | 'onWindow' | 'onHideWaiting'>) => {
  const [window, setWindow] = useState<TimeWindow>()
  const [selected, setSelected] = useState<number | undefined>(2)
  const [isWaitingHidden, setWaitingHidden] = useState(props.isWaitingHidden ?? false)
  return (
    <Timeline
      {...props}
      title="Publish a page"
      zone="Europe/Berlin"
      window={window}
      onWindow={setWindow}
      selected={selected}
      onSelect={setSelected}
      isWaitingHidden={isWaitingHidden}
      onHideWaiting={setWaitingHidden}
    />
  )
}
