import type { WorkItemSummary } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shown } from '../../app/steady/steady-rows.ts'
import { useNow } from '../../app/time/use-now.ts'
import { workItemOne } from '../../data/queries/inbox.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Row, rowAbove, rowLink } from '../../parts/row/Row.tsx'
import { Due } from '../../parts/time/Due.tsx'
import { useSpanText } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { About } from './About.tsx'
import classes from './InboxRow.module.css'
import type { InboxView } from './inbox-search.ts'

export interface InboxRowProps {
  readonly view: InboxView
  readonly shown: Shown<WorkItemSummary>
  readonly isCurrent: boolean
  readonly isSelected: boolean
  /** Some row is chosen: all show their box. */
  readonly isSelecting: boolean
  readonly onToggle: (id: string) => void
  readonly onFocus: (id: string) => void
  readonly onPoint: (id: string | undefined) => void
  /** Only one row of the list takes part in the order of Tab. */
  readonly isTabStop: boolean
}

/** One work item in two lines: what and until when; from where, from whom, why me. */
export const InboxRow = memo(
  ({ view, shown, isCurrent, isSelected, isSelecting, onToggle, onFocus, onPoint, isTabStop }: InboxRowProps) => {
    const { t } = useTranslation()
    const { row, leftAtMs } = shown
    const isLeaving = leftAtMs !== undefined
    const isUnread = row.seen === false
    return (
      <Row
        isCurrent={isCurrent}
        isSelected={isSelected}
        isLeaving={isLeaving}
        onPointerEnter={() => onPoint(row.id)}
        onPointerLeave={() => onPoint(undefined)}
      >
        <div className={classes.row} data-selecting={isSelecting || undefined}>
          <span className={classes.lead}>
            {isUnread ? <span className={classes.unread} role="img" aria-label={t('inbox.unread')} /> : null}
            <input
              type="checkbox"
              className={`${classes.box} ${rowAbove}`}
              aria-label={t('inbox.choose', { title: row.title })}
              checked={isSelected}
              disabled={isLeaving}
              tabIndex={-1}
              onChange={() => onToggle(row.id)}
            />
          </span>
          <div className={classes.first}>
            <Link
              from="/inbox/$view"
              to="/inbox/$view"
              search={(before) => ({ ...before, item: row.id })}
              className={`${rowLink} ${classes.title}`}
              data-item={row.id}
              data-unread={isUnread || undefined}
              tabIndex={isTabStop ? 0 : -1}
              aria-current={isCurrent || undefined}
              onFocus={() => onFocus(row.id)}
            >
              <UserText>{row.title}</UserText>
            </Link>
            <span className={classes.due}>{row.dueAtMs === undefined || view === 'done' ? null : <Due ms={row.dueAtMs} />}</span>
          </div>
          <div className={classes.second}>{isLeaving ? <WhereItWent row={row} sinceMs={leftAtMs} /> : <About row={row} view={view} />}</div>
        </div>
      </Row>
    )
  },
)

/** A row that left: who took it, and when; it stays a moment so that nothing jumps. */
const WhereItWent = ({ row, sinceMs }: { readonly row: WorkItemSummary; readonly sinceMs: number }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const me = useMe()
  const now = useNow('second')
  const spanText = useSpanText()
  const { data, isError } = useQuery(workItemOne(client, row.id))
  const span = spanText(now - sinceMs)
  const who = data?.decidedBy ?? (data?.assignee === me.user ? undefined : data?.assignee)
  if (isError || data === undefined) return <>{t('inbox.gone.away', { span })}</>
  if (data.status === 'withdrawn') return <>{t('inbox.gone.withdrawn', { span })}</>
  if (who === undefined) return <>{t('inbox.gone.away', { span })}</>
  const text =
    data.status === 'done' ? t('inbox.gone.decided', { ...places('name'), span }) : t('inbox.gone.taken', { ...places('name'), span })
  return <Sentence text={text} parts={{ name: <PersonName principal={who} /> }} />
}
