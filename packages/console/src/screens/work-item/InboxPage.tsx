import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotFoundPage } from '../../app/frame/NotFoundPage.tsx'
import { useKeys } from '../../app/keys/use-keys.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { neighbourOf } from '../../app/steady/steady-rows.ts'
import { useSteadyRows } from '../../app/steady/use-steady-rows.ts'
import { useIsWide } from '../../app/use-media.ts'
import { useCell } from '../../data/cell.ts'
import { inboxList, workItemOne } from '../../data/queries/inbox.ts'
import { useData } from '../../data/use-data.ts'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { BulkBar } from './BulkBar.tsx'
import { sitting, wentToOthers } from './decided.ts'
import { InboxHeader } from './InboxHeader.tsx'
import { InboxList, type InboxListHandle } from './InboxList.tsx'
import classes from './InboxPage.module.css'
import { InboxRest } from './InboxRest.tsx'
import { type InboxChange, type InboxSearch, type InboxView, isView, queryOf } from './inbox-search.ts'
import { ListDivider } from './ListDivider.tsx'
import { useListWidth } from './use-list-width.ts'

const loadItemPane = () => import('./ItemPane.tsx')
const ItemPane = lazy(async () => ({ default: (await loadItemPane()).ItemPane }))

/** The inbox and the work item that is open in it: one page, one address (`/inbox/:view?item=`). */
export const InboxPage = () => {
  const { view } = useParams({ from: '/frame/inbox/$view' })
  if (!isView(view)) return <NotFoundPage />
  return <Inbox key={view} view={view} />
}

const Inbox = ({ view }: { readonly view: InboxView }) => {
  const { t } = useTranslation()
  const search = useSearch({ from: '/frame/inbox/$view' })
  const navigate = useNavigate({ from: '/inbox/$view' })
  const { client, queries } = useData()
  const isWide = useIsWide()
  const { own } = useCell(sitting)
  const list = useRef<InboxListHandle>(null)
  const { width, setWidth, keepWidth } = useListWidth()

  const query = useMemo(() => ({ ...queryOf(view, search), ...(search.by === undefined ? {} : { limit: 500 }) }), [view, search])
  const answer = useInfiniteQuery(inboxList(client, query))
  const server = useMemo(() => answer.data?.pages.flatMap((page) => page.items), [answer.data])

  const [focused, setFocused] = useState<string>()
  const [pointed, setPointed] = useState<string>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE)
  const current = isWide ? (search.item ?? focused) : focused
  const hand = useMemo(() => ({ focused: search.item ?? focused, pointed, own }), [search.item, focused, pointed, own])
  const { steady, showNew } = useSteadyRows(server, JSON.stringify(query), hand)

  const change = useCallback(
    (part: InboxChange, replace = true) => {
      void navigate({ search: (before) => withoutUndefined({ ...before, ...part }), replace })
    },
    [navigate],
  )
  const open = useCallback(
    (id: string | undefined, replace = isWide) => {
      if (id !== undefined) setFocused(id)
      change({ item: id }, replace)
    },
    [change, isWide],
  )
  /** After a decision: on to the next, or back to the list. */
  const goOn = useCallback(
    (from: string) => {
      const next = neighbourOf(steady, from)
      setSelected((before) => without(before, [from]))
      open(next?.id, true)
    },
    [steady, open],
  )

  useEffect(() => void loadItemPane(), [])
  useCountOthers(steady.shown, own)
  usePrefetch(steady.shown, search.item ?? focused, (id) => void queries.query(workItemOne(client, id)).catch(() => undefined))
  usePageTitle(t(`inbox.view.${view}`))

  const move = (step: 1 | -1) => {
    const stays = steady.shown.filter(({ leftAtMs }) => leftAtMs === undefined)
    const at = stays.findIndex(({ row }) => row.id === current)
    const next = at < 0 ? stays[0] : stays[at + step]
    if (next === undefined) return
    if (isWide) open(next.row.id)
    else setFocused(next.row.id)
    list.current?.focus(next.row.id)
  }
  const toggle = (id: string) => setSelected((before) => (before.has(id) ? without(before, [id]) : new Set([...before, id])))
  const isItemAlone = !isWide && search.item !== undefined
  useKeys({
    next: () => move(1),
    previous: () => move(-1),
    open: current === undefined ? undefined : () => (isWide ? document.getElementById('item')?.focus() : open(current)),
    select: current === undefined || isItemAlone ? undefined : () => toggle(current),
    selectAll: isItemAlone
      ? undefined
      : () => setSelected(new Set(steady.shown.flatMap(({ row, leftAtMs }) => (leftAtMs === undefined ? [row.id] : [])))),
    showNew: steady.waiting > 0 ? showNew : undefined,
    search: () => document.getElementById('inbox-search')?.focus(),
    leave: () => {
      if (selected.size > 0) setSelected(NONE)
      else if (search.item !== undefined) open(undefined, false)
      else return false
      return true
    },
  })

  const rows = steady.shown
  const pane =
    search.item === undefined ? (
      <InboxRest view={view} rows={rows.length} isLoading={answer.isPending} />
    ) : (
      <Suspense fallback={<PaneSkeleton />}>
        <ItemPane key={search.item} id={search.item} onDone={goOn} onClose={() => open(undefined, false)} isAlone={isItemAlone} />
      </Suspense>
    )
  return (
    <div className={classes.page} style={{ '--list-width': `${width}px` }} data-alone={isItemAlone || undefined}>
      <section className={classes.list} aria-label={t('inbox.list')}>
        <InboxHeader view={view} search={search} change={change} waiting={steady.waiting} showNew={showNew} />
        <InboxList
          ref={list}
          view={view}
          search={search}
          rows={rows}
          isPending={answer.isPending}
          error={answer.data === undefined ? answer.error : null}
          retry={() => void answer.refetch()}
          hasMore={answer.hasNextPage}
          isLoadingMore={answer.isFetchingNextPage}
          loadMore={() => void answer.fetchNextPage({ cancelRefetch: false })}
          current={current}
          selected={selected}
          onToggle={toggle}
          onFocus={setFocused}
          onPoint={setPointed}
          change={change}
        />
        {selected.size > 0 ? (
          <BulkBar ids={[...selected]} onClear={() => setSelected(NONE)} onDone={(ids) => setSelected((before) => without(before, ids))} />
        ) : null}
      </section>
      <ListDivider width={width} onChange={setWidth} onDone={keepWidth} />
      <div className={classes.pane}>{pane}</div>
    </div>
  )
}

const PaneSkeleton = () => (
  <div className={classes.skeleton}>
    <Skeleton lines={['40%', '70%', '90%', '85%', '60%']} height={14} />
  </div>
)

const NONE: ReadonlySet<string> = new Set()

const without = (ids: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> => {
  const left = new Set(ids)
  for (const id of gone) left.delete(id)
  return left
}

const withoutUndefined = (search: { readonly [name: string]: unknown }): InboxSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))

/** Rows that left by another hand, each counted once. */
const useCountOthers = (
  shown: readonly { readonly row: { readonly id: string }; readonly leftAtMs?: number }[],
  own: ReadonlySet<string>,
): void => {
  const counted = useRef(new Set<string>())
  useEffect(() => {
    const gone = shown.filter(({ row, leftAtMs }) => leftAtMs !== undefined && !own.has(row.id) && !counted.current.has(row.id))
    for (const { row } of gone) counted.current.add(row.id)
    if (gone.length > 0) wentToOthers(gone.length)
  }, [shown, own])
}

/** The two rows after the current one, so that they are there when it is done (under 100 ms). */
const usePrefetch = (
  shown: readonly { readonly row: { readonly id: string } }[],
  current: string | undefined,
  prefetch: (id: string) => void,
): void => {
  const at = shown.findIndex(({ row }) => row.id === current)
  const next = shown
    .slice(at + 1, at + 3)
    .map(({ row }) => row.id)
    .join(' ')
  const last = useRef('')
  useEffect(() => {
    if (next === '' || next === last.current) return
    last.current = next
    for (const id of next.split(' ')) prefetch(id)
  })
}
