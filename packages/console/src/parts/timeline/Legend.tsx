import type { TimelineRow } from '@millrace/protocol'
import { type Cause, SpanShape } from './SpanShape.tsx'
import classes from './Timeline.module.css'
import { useWords } from './words.ts'

const ORDER: readonly Cause[] = ['compute', 'person', 'queue', 'retry', 'timer', 'message', 'callback', 'child', 'incident', 'suspended']

/** What the shapes mean, of those that are there. */
export const Legend = ({ rows }: { readonly rows: readonly TimelineRow[] }) => {
  const t = useWords()
  const present = new Set(rows.flatMap((row) => row.spans.map((span) => span.cause)))
  return (
    <ul className={classes.legend}>
      {ORDER.filter((cause) => present.has(cause)).map((cause) => (
        <li key={cause}>
          <svg width="22" height="12" aria-hidden="true">
            <SpanShape cause={cause} x={1} y={1} width={20} height={10} />
          </svg>
          {t(`cause.${cause}`)}
        </li>
      ))}
    </ul>
  )
}
