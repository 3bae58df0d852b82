import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { doctorReport, incidentGroups, lockList } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button } from '../../parts/button/Button.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import type { Mark } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { MOST_LINES, type OperateLine, operateLines } from './lines.ts'
import classes from './OperateLines.module.css'

const BatchDialog = lazy(async () => ({ default: (await import('../batch/BatchDialog.tsx')).BatchDialog }))

/** What is stuck and why, the worst first: at most seven sentences, each leading to exactly those rows. */
export const OperateLines = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const incidents = useQuery(incidentGroups(client))
  const locks = useQuery(lockList(client))
  const report = useQuery(doctorReport(client))
  const failed = [incidents, locks, report].find(({ error, data }) => error !== null && data === undefined)
  if (failed !== undefined) return <ErrorNotice error={failed.error} retry={() => void failed.refetch()} />
  if (incidents.data === undefined || locks.data === undefined || report.data === undefined) return <SkeletonRows rows={4} height={40} />
  const lines = operateLines({ groups: incidents.data.items, locks: locks.data.items, report: report.data })
  if (lines.length === 0)
    return (
      <p className={classes.well}>
        <StatusMark mark="completed" />
        {t('operate.well', { count: report.data.open })}
      </p>
    )
  const shown = lines.length > MOST_LINES ? lines.slice(0, MOST_LINES - 1) : lines
  return (
    <ol className={classes.lines}>
      {shown.map((line, at) => (
        <li key={at} className={classes.line}>
          <StatusMark mark={MARKS[line.kind]} />
          <span className={classes.text}>
            <LineText line={line} />
          </span>
          <span className={classes.action}>
            <LineLink line={line} />
          </span>
        </li>
      ))}
      {lines.length > shown.length ? (
        <li className={classes.line}>
          <span />
          <span className={classes.text}>
            <Link to="/incidents">{t('operate.more', { count: lines.length - shown.length })}</Link>
          </span>
        </li>
      ) : null}
    </ol>
  )
}

const MARKS: { readonly [K in OperateLine['kind']]: Mark } = {
  stale: 'stale',
  incident: 'incident',
  nobody: 'incident',
  lock: 'queued',
  retry: 'timer',
  suspended: 'suspended',
  cancelling: 'aborted',
}

const LineText = ({ line }: { readonly line: OperateLine }) => {
  const { t } = useTranslation()
  const parts: { readonly [name: string]: ReactNode } = {
    since: <Time ms={line.sinceMs} />,
    ...(line.kind === 'incident'
      ? {
          workflow: <UserText>{line.group.workflowTitle}</UserText>,
          node: <UserText>{line.group.nodeTitle ?? line.group.node ?? ''}</UserText>,
          message: <UserText>{line.group.message}</UserText>,
        }
      : {}),
    ...(line.kind === 'lock'
      ? { lock: <UserText className="mr-mono">{line.lock}</UserText>, holder: <UserText>{line.holder ?? ''}</UserText> }
      : {}),
  }
  const key =
    line.kind === 'incident' && line.group.node === undefined
      ? 'incidentWhole'
      : line.kind === 'lock' && line.holder === undefined
        ? 'lockFree'
        : line.kind
  return (
    <Sentence
      text={t(`operate.line.${key}`, { count: line.count, ...places('since', 'workflow', 'node', 'message', 'lock', 'holder') })}
      parts={parts}
    />
  )
}

/** The way to exactly those rows; incidents of one cause can be repaired from here. */
const RepairButton = ({ group }: { readonly group: string }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('batch.open')}
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <BatchDialog group={group} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

const LineLink = ({ line }: { readonly line: OperateLine }) => {
  const { t } = useTranslation()
  switch (line.kind) {
    case 'incident':
      return (
        <>
          <RepairButton group={line.group.id} />
          <Link to="/incidents" search={{ group: line.group.id }}>
            {t('operate.open')}
          </Link>
        </>
      )
    case 'stale':
    case 'nobody':
    case 'retry':
      return (
        <Link to="/doctor" search={{ code: line.kind.toUpperCase() }}>
          {t('operate.open')}
        </Link>
      )
    case 'lock':
      return (
        <Link to="/locks" search={{ name: line.lock }}>
          {t('operate.open')}
        </Link>
      )
    case 'suspended':
      return (
        <Link to="/instances" search={{ tab: 'suspended' }}>
          {t('operate.open')}
        </Link>
      )
    case 'cancelling':
      return (
        <Link to="/instances" search={{ status: 'CANCELLING' }}>
          {t('operate.open')}
        </Link>
      )
  }
}
