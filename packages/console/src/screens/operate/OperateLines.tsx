import type { OperateLine } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operateLines } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button } from '../../parts/button/Button.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import type { Mark } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Time, useSpanText } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { LineLink } from './LineLink.tsx'
import { textIn } from './line-text.ts'
import classes from './OperateLines.module.css'
import { OperateRest } from './OperateRest.tsx'

const BatchDialog = lazy(async () => ({ default: (await import('../batch/BatchDialog.tsx')).BatchDialog }))

/** What is stuck and why, the worst first, as the server found it: sentences, each leading to exactly those rows. */
export const OperateLines = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { data, error, refetch } = useQuery(operateLines(client))
  if (data === undefined)
    return error === null ? <SkeletonRows rows={4} height={40} /> : <ErrorNotice error={error} retry={() => void refetch()} />
  if (data.lines.length === 0)
    return (
      <p className={classes.well}>
        <StatusMark mark="completed" />
        {t('operate.well', { count: data.open })}
      </p>
    )
  return (
    <ol className={classes.lines}>
      {data.lines.map((line) => (
        <li key={`${line.code} ${textIn(line, 'group')}`} className={classes.line}>
          <StatusMark mark={MARKS[line.code]} />
          <span id={sentenceId(line)} className={classes.text}>
            <LineText line={line} />
          </span>
          <span className={classes.action}>
            {line.code === 'INCIDENTS' ? <RepairButton group={textIn(line, 'group')} /> : null}
            <LineLink line={line} describedBy={sentenceId(line)}>
              {t('operate.open')}
            </LineLink>
          </span>
        </li>
      ))}
      {data.rest.length === 0 ? null : (
        <li className={classes.line}>
          <span />
          <OperateRest rest={data.rest} />
        </li>
      )}
    </ol>
  )
}

const sentenceId = (line: OperateLine): string => `stuck-${line.code}${textIn(line, 'group')}`

const MARKS: { readonly [C in OperateLine['code']]: Mark } = {
  READ_ONLY: 'incident',
  DISK_LOW: 'incident',
  STALE: 'stale',
  INCIDENTS: 'incident',
  NOBODY: 'incident',
  OVERDUE: 'timer',
  SCHEDULED_MISSED: 'timer',
  QUEUED_LONG: 'queued',
  LATE: 'person',
  SUSPENDED_LONG: 'suspended',
  FAILED: 'failed',
}

const MEGABYTE = 1_048_576

const LineText = ({ line }: { readonly line: OperateLine }) => {
  const { t } = useTranslation()
  const spanText = useSpanText()
  const { code, count, sinceMs, params } = line
  const workflow = textIn(line, 'workflowTitle') || textIn(line, 'workflow')
  const node = textIn(line, 'nodeTitle') || textIn(line, 'node')
  const length = params.afterMs ?? params.withinMs
  const parts: { readonly [name: string]: ReactNode } = {
    since: sinceMs === undefined ? null : <Time ms={sinceMs} />,
    workflow: <UserText>{workflow}</UserText>,
    node: <UserText>{node}</UserText>,
    message: <UserText>{textIn(line, 'message')}</UserText>,
    code: <code>{textIn(line, 'code')}</code>,
    reason: <UserText>{textIn(line, 'reason')}</UserText>,
    span: typeof length === 'number' ? spanText(length) : null,
    size: typeof params.freeBytes === 'number' ? Math.floor(params.freeBytes / MEGABYTE) : null,
  }
  const given = places('since', 'workflow', 'node', 'message', 'code', 'reason', 'span', 'size')
  if (code === 'READ_ONLY' || code === 'DISK_LOW') return <Sentence text={t(`operate.host.${code}`, given)} parts={parts} />
  const key = code === 'INCIDENTS' && node === '' ? 'INCIDENTS_WHOLE' : code
  return <Sentence text={t(`operate.line.${key}`, { count, ...given })} parts={parts} />
}

/** Incidents of one cause are repaired from here. */
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
