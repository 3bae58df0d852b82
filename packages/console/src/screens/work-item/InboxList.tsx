import type { WorkItemSummary } from '@millrace/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shown } from '../../app/steady/steady-rows.ts'
import { useMedia } from '../../app/use-media.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { groupRows } from './group-rows.ts'
import classes from './InboxList.module.css'
import { InboxRow } from './InboxRow.tsx'
import type { InboxChange, InboxSearch, InboxView } from './inbox-search.ts'

export interface InboxListHandle {
  /** Brings a row into view and gives it the focus. */
  focus(id: string): void
}

export interface InboxListProps {
  readonly ref: Ref<InboxListHandle>
  readonly view: InboxView
  readonly search: InboxSearch
  readonly rows: readonly Shown<WorkItemSummary>[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly retry: () => void
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly loadMore: () => void
  readonly current: string | undefined
  readonly selected: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly onFocus: (id: string) => void
  readonly onPoint: (id: string | undefined) => void
  readonly change: (part: InboxChange) => void
}

const HEADING_HEIGHT = 32
/** Rows before the end at which the next page is asked for. */
const AHEAD_ROWS = 20

/** The rows of a view: as many as fit are on the page, all are in the order of the keys. */
export const InboxList = ({ ref, view, search, rows, current, selected, ...rest }: InboxListProps) => {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const isTouch = useMedia('(pointer: coarse)')
  const rowHeight = isTouch ? 61 : 53
  const lines = useMemo(() => groupRows(rows, search.by), [rows, search.by])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.kind === 'heading' ? HEADING_HEIGHT : rowHeight),
    getItemKey: (at) => lines[at]?.key ?? at,
    overscan: 8,
  })
  useEffect(() => virtual.measure(), [virtual, rowHeight, lines])
  useImperativeHandle(ref, () => ({
    focus(id) {
      const at = lines.findIndex((line) => line.kind === 'row' && line.shown.row.id === id)
      if (at < 0) return
      virtual.scrollToIndex(at, { align: 'auto' })
      // The row may only now come onto the page.
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
      )
    },
  }))

  const items = virtual.getVirtualItems()
  const { hasMore, isLoadingMore, loadMore } = rest
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastShown > lines.length - AHEAD_ROWS) loadMore()
  }, [hasMore, isLoadingMore, loadMore, lastShown, lines.length])

  if (rest.error !== null)
    return (
      <div className={classes.message}>
        <ErrorNotice error={rest.error} retry={rest.retry} />
      </div>
    )
  if (rest.isPending) return <SkeletonRows rows={9} height={rowHeight} />
  if (rows.length === 0) return <EmptyInbox view={view} search={search} change={rest.change} />

  const tabStop = rows.some(({ row }) => row.id === current) ? current : rows[0]?.row.id
  return (
    <div ref={scroller} className={classes.scroller} data-testid="inbox-rows">
      <div role="list" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index]
          if (line === undefined) return null
          return (
            <div
              key={item.key}
              role="listitem"
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              className={classes.line}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
            >
              {line.kind === 'heading' ? (
                <div className={classes.heading}>
                  <UserText>{line.title}</UserText> <span className={classes.count}>{line.count}</span>
                </div>
              ) : (
                <InboxRow
                  view={view}
                  shown={line.shown}
                  isCurrent={line.shown.row.id === current}
                  isSelected={selected.has(line.shown.row.id)}
                  isSelecting={selected.size > 0}
                  onToggle={rest.onToggle}
                  onFocus={rest.onFocus}
                  onPoint={rest.onPoint}
                  isTabStop={line.shown.row.id === tabStop}
                />
              )}
            </div>
          )
        })}
      </div>
      {isLoadingMore ? <p className={classes.more}>{t('inbox.loading')}</p> : null}
    </div>
  )
}

const EmptyInbox = ({ view, search, change }: Pick<InboxListProps, 'view' | 'search' | 'change'>) => {
  const { t } = useTranslation()
  const isFiltered =
    search.search !== undefined ||
    search.workflow !== undefined ||
    search.instance !== undefined ||
    search.trouble !== undefined ||
    search.createdFrom !== undefined ||
    search.createdTo !== undefined
  if (isFiltered)
    return (
      <EmptyState
        title={t('inbox.empty.filtered')}
        action={
          <Button
            onClick={() =>
              change({
                search: undefined,
                workflow: undefined,
                instance: undefined,
                trouble: undefined,
                createdFrom: undefined,
                createdTo: undefined,
              })
            }
          >
            {t('inbox.empty.clear')}
          </Button>
        }
      >
        {t('inbox.empty.filteredText')}
      </EmptyState>
    )
  return <EmptyState title={t(`inbox.empty.${view}`)}>{t(`inbox.empty.${view}Text`)}</EmptyState>
}
