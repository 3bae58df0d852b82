import type { Instance } from '@millrace/protocol'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences/use-preferences.ts'
import { useNow } from '../../../app/time/use-now.ts'
import { instanceTimeline, type TimelineWindow } from '../../../data/queries/instance-timeline.ts'
import { useData } from '../../../data/use-data.ts'
import { ErrorNotice } from '../../../parts/notice/ErrorNotice.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import classes from './TimelinePanel.module.css'

const Timeline = lazy(async () => ({ default: (await import('../../../parts/timeline/Timeline.tsx')).Timeline }))

export interface TimelinePanelProps {
  readonly instance: Instance
  readonly selected: number | undefined
  readonly onSelect: (step: number) => void
  /** It has the column for itself: code has no graph. */
  readonly isAlone: boolean
}

/** Where the time of each step went. The window stands in the address; the server gives only the rows within it. */
export const TimelinePanel = ({ instance, selected, onSelect, isAlone }: TimelinePanelProps) => {
  const { t } = useTranslation()
  const { client } = useData()
  const { from, to } = useSearch({ from: '/frame/instances/$id' })
  const navigate = useNavigate({ from: '/instances/$id' })
  const now = useNow()
  const { zone } = usePreferences().preferences
  const [isFolded, setFolded] = useState(false)
  const window = useMemo(() => (from === undefined || to === undefined ? undefined : { fromMs: from, toMs: to }), [from, to])
  const answer = useInfiniteQuery({ ...instanceTimeline(client, instance.id, window), placeholderData: keepPreviousData })
  const { data, error, refetch, fetchNextPage, fetchPreviousPage, isFetching } = answer
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data])
  const left = useMemo(() => ({ before: data?.pages[0]?.left.before ?? 0, after: data?.pages.at(-1)?.left.after ?? 0 }), [data])
  const more = useCallback(
    (where: 'before' | 'after') => {
      if (isFetching) return
      void (where === 'before' ? fetchPreviousPage() : fetchNextPage())
    },
    [isFetching, fetchPreviousPage, fetchNextPage],
  )
  const look = useCallback(
    (part: TimelineWindow | undefined) => {
      void navigate({
        search: ({ from: _from, to: _to, ...kept }) =>
          part === undefined
            ? kept
            : { ...kept, from: Math.round(part.fromMs), to: Math.max(Math.round(part.fromMs) + 1, Math.round(part.toMs)) },
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  const last = data?.pages.at(-1)
  const fromMs = last?.fromMs ?? 0
  const toMs = Math.max(fromMs + 1, last?.toMs ?? 0, instance.endedAtMs ?? now)
  const whole = useMemo(() => ({ fromMs, toMs }), [fromMs, toMs])
  return (
    <section className={classes.panel} data-alone={isAlone || undefined} aria-label={t('timeline.title')}>
      {last === undefined ? (
        <div className={classes.wait}>
          {error === null ? <Skeleton lines={['30%', '80%', '60%']} /> : <ErrorNotice error={error} retry={() => void refetch()} />}
        </div>
      ) : (
        <Suspense fallback={<div className={classes.wait} />}>
          <Timeline
            title={instance.title}
            rows={rows}
            left={left}
            onMore={more}
            whole={whole}
            nowMs={instance.endedAtMs ?? now}
            window={window}
            onWindow={look}
            selected={selected}
            onSelect={onSelect}
            isWaitingHidden={isFolded}
            onHideWaiting={setFolded}
            {...(zone === undefined ? {} : { zone })}
          />
        </Suspense>
      )}
    </section>
  )
}
