import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { overlay } from '../../app/frame/overlays.ts'
import { useKeys } from '../../app/keys/use-keys.ts'
import { usePreferences } from '../../app/preferences/use-preferences.ts'
import { useSteadyRows } from '../../app/steady/use-steady-rows.ts'
import { useMedia } from '../../app/use-media.ts'
import { instanceList, useInstanceCounts } from '../../data/queries/instances.ts'
import { useWorkflows } from '../../data/queries/workflows.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { FilterBar } from '../../parts/filter-bar/FilterBar.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { TabLinks } from '../../parts/tabs/TabLinks.tsx'
import { WindowedRows, type WindowedRowsHandle } from '../../parts/windowed-rows/WindowedRows.tsx'
import { InstanceRow, InstanceRowHead } from './InstanceRow.tsx'
import classes from './InstancesPage.module.css'
import { instanceFields } from './instance-fields.ts'
import { countOfTab, INSTANCE_SORTS, type InstancesSearch, instanceQueryOf, TABS } from './instances-search.ts'

const PAGE_ROWS = 200
const NOBODY: ReadonlySet<string> = new Set()

/** All instances of all kinds; every view of the list is an address. */
export const InstancesPage = () => {
  const { t } = useTranslation()
  const search = useSearch({ from: '/frame/instances' })
  const navigate = useNavigate({ from: '/instances' })
  const { client } = useData()
  const counts = useInstanceCounts()
  const workflows = useWorkflows()
  const rowHeight = useRowHeight()
  const list = useRef<WindowedRowsHandle>(null)
  const query = useMemo(() => instanceQueryOf(search), [search])
  const answer = useInfiniteQuery(instanceList(client, query))
  const { fetchNextPage, fetchPreviousPage, hasNextPage, hasPreviousPage, isFetchingNextPage, isFetchingPreviousPage } = answer
  const server = useMemo(() => answer.data?.pages.flatMap((page) => page.items), [answer.data])
  const firstPage = (answer.data?.pageParams[0] as { readonly index: number } | undefined)?.index ?? 0

  const [focused, setFocused] = useState<string>()
  const [pointed, setPointed] = useState<string>()
  const hand = useMemo(() => ({ focused, pointed, own: NOBODY }), [focused, pointed])
  const { steady, showNew } = useSteadyRows(server, JSON.stringify(query), hand, { hasBefore: hasPreviousPage, hasAfter: hasNextPage })
  const rows = useMemo(() => steady.shown.map(({ row, leftAtMs }) => ({ id: row.id, row, isLeaving: leftAtMs !== undefined })), [steady])

  const change = useCallback(
    (part: { readonly [K in keyof InstancesSearch]?: InstancesSearch[K] | undefined }) => {
      void navigate({
        search: (before) => Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined)),
        replace: true,
      })
    },
    [navigate],
  )
  const changeFilter = (name: string, value: string | undefined) => {
    if (!name.startsWith('data.')) return change({ [name]: value })
    const { [name.slice(5)]: _old, ...rest } = search.data ?? {}
    const data = value === undefined ? rest : { ...rest, [name.slice(5)]: value }
    change({ data: Object.keys(data).length === 0 ? undefined : data })
  }
  const move = (step: 1 | -1) => {
    const at = rows.findIndex(({ id }) => id === focused)
    const next = at < 0 ? rows[0] : rows[at + step]
    if (next === undefined) return
    setFocused(next.id)
    list.current?.focus(next.id)
  }
  useKeys({
    next: () => move(1),
    previous: () => move(-1),
    open: focused === undefined ? undefined : () => void navigate({ to: '/instances/$id', params: { id: focused } }),
    showNew: steady.waiting > 0 ? showNew : undefined,
  })

  const tab = search.tab ?? 'open'
  const fields = useMemo(() => instanceFields(t, workflows ?? []), [t, workflows])
  const { data, tab: _tab, sort: _sort, ...filters } = search
  const values = { ...filters, ...Object.fromEntries(Object.entries(data ?? {}).map(([path, value]) => [`data.${path}`, value])) }
  const isFiltered = Object.keys(values).length > 0
  return (
    <Page
      isFilled
      title={t('instances.title')}
      head={
        <>
          <div className={classes.tabs}>
            <TabLinks label={t('instances.views')}>
              {TABS.map((each) => (
                <Link
                  key={each}
                  to="/instances"
                  search={{ ...withoutStatus(search), tab: each }}
                  aria-current={each === tab && search.status === undefined ? 'page' : undefined}
                >
                  {t(`instances.tab.${each}`)}
                  {counts === undefined ? null : <span className={classes.count}>{countOfTab(each, counts)}</span>}
                </Link>
              ))}
            </TabLinks>
          </div>
          <FilterBar fields={fields} values={values} onChange={changeFilter}>
            <span className={classes.space} />
            {steady.waiting > 0 ? (
              <Button size="small" onClick={showNew}>
                {t('inbox.new', { count: steady.waiting })} <KeyHint keys="." />
              </Button>
            ) : null}
            <select
              className={classes.sort}
              aria-label={t('inbox.sort')}
              value={search.sort ?? '-created'}
              onChange={(event) => change({ sort: INSTANCE_SORTS.find((each) => each === event.currentTarget.value) })}
            >
              {INSTANCE_SORTS.map((sort) => (
                <option key={sort} value={sort}>
                  {t(`instances.sort.${sort}`)}
                </option>
              ))}
            </select>
          </FilterBar>
        </>
      }
    >
      {answer.data === undefined && answer.error !== null ? (
        <div className={classes.message}>
          <ErrorNotice error={answer.error} retry={() => void answer.refetch()} />
        </div>
      ) : answer.isPending ? (
        <SkeletonRows rows={14} height={rowHeight} />
      ) : rows.length === 0 ? (
        isFiltered ? (
          <EmptyState
            title={t('instances.empty.filtered')}
            action={<Button onClick={() => void navigate({ search: { tab } })}>{t('inbox.empty.clear')}</Button>}
          />
        ) : (
          <EmptyState
            title={t(`instances.empty.${tab}`)}
            action={
              tab === 'open' || tab === 'all' ? (
                <Button onClick={() => overlay.set({ kind: 'start' })}>{t('frame.start')}</Button>
              ) : undefined
            }
          >
            {t('instances.empty.text')}
          </EmptyState>
        )
      ) : (
        <WindowedRows
          ref={list}
          label={t('instances.title')}
          rows={rows}
          rowsBefore={firstPage * PAGE_ROWS}
          rowHeight={rowHeight}
          head={<InstanceRowHead />}
          onNearEnd={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage({ cancelRefetch: false }) : undefined}
          onNearStart={hasPreviousPage && !isFetchingPreviousPage ? () => void fetchPreviousPage({ cancelRefetch: false }) : undefined}
          renderRow={({ id, row, isLeaving }) => (
            <InstanceRow instance={row} isLeaving={isLeaving} isCurrent={id === focused} onFocus={setFocused} onPoint={setPointed} />
          )}
        />
      )}
    </Page>
  )
}

const withoutStatus = ({ status: _status, ...kept }: InstancesSearch): InstancesSearch => kept

/** As InstanceRow.module.css sets it, with its hairline. */
const useRowHeight = (): number => {
  const isPhone = useMedia('(max-width: 719px)')
  const { compact } = usePreferences().preferences
  return isPhone ? 57 : compact ? 29 : 37
}
