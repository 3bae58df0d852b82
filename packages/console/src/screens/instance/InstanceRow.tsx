import type { InstanceSummary } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { shortId } from '../../parts/copy-id/CopyId.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Row, rowLink } from '../../parts/row/Row.tsx'
import { markOf } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Age, Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { WhyLine } from '../../parts/why-line/WhyLine.tsx'
import classes from './InstanceRow.module.css'

export interface InstanceRowProps {
  readonly instance: InstanceSummary
  readonly isCurrent?: boolean
  readonly isLeaving?: boolean
  readonly onFocus?: ((id: string) => void) | undefined
  readonly onPoint?: ((id: string | undefined) => void) | undefined
}

/** One instance: how it stands, what it is, why it does not move, from whom, since when. */
export const InstanceRow = memo(({ instance, isCurrent = false, isLeaving = false, onFocus, onPoint }: InstanceRowProps) => {
  const { t } = useTranslation()
  const { id, title, workflow, version, status, why, endedAtMs } = instance
  return (
    <Row isCurrent={isCurrent} isLeaving={isLeaving} onPointerEnter={() => onPoint?.(id)} onPointerLeave={() => onPoint?.(undefined)}>
      <div className={classes.row}>
        <span className={classes.mark}>
          <StatusMark mark={markOf(instance)} word={t(`status.${status}`)} />
        </span>
        <Link to="/instances/$id" params={{ id }} className={`${rowLink} ${classes.title}`} data-row={id} onFocus={() => onFocus?.(id)}>
          <UserText>{title}</UserText>
        </Link>
        <span className={classes.why}>{why === undefined ? t(`status.${status}`) : <WhyLine why={why} isPlain />}</span>
        <span className={classes.workflow} title={`${workflow}, ${shortId(id)}`}>
          <UserText>{workflow}</UserText> v{version}
        </span>
        <span className={classes.by}>
          <PersonName principal={instance.initiator} />
        </span>
        <span className={classes.age}>{endedAtMs === undefined ? <Age ms={instance.createdAtMs} /> : <Time ms={endedAtMs} />}</span>
      </div>
    </Row>
  )
})

/** Titles of the columns. */
export const InstanceRowHead = () => {
  const { t } = useTranslation()
  return (
    <div className={`${classes.row} ${classes.head}`} aria-hidden="true">
      <span />
      <span>{t('instances.column.title')}</span>
      <span className={classes.why}>{t('instances.column.why')}</span>
      <span className={classes.workflow}>{t('instances.column.workflow')}</span>
      <span className={classes.by}>{t('instances.column.by')}</span>
      <span className={classes.age}>{t('instances.column.age')}</span>
    </div>
  )
}
