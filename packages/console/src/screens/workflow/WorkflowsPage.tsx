import type { Series, WorkflowSummary } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { overlay } from '../../app/frame/overlays.ts'
import { rightsOf } from '../../app/rights.ts'
import { useNow } from '../../app/time/use-now.ts'
import { useTimeStyle } from '../../app/time/use-time-style.ts'
import { zoneOffsetMinutes } from '../../app/time/zone-offset.ts'
import { activityByDay } from '../../data/queries/metrics.ts'
import { useWorkflowsQuery } from '../../data/queries/workflows.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { inputClass } from '../../parts/field/Field.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { Spark } from '../../parts/spark/Spark.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { ModelActions } from '../model/ModelActions.tsx'
import { KindMark } from './KindMark.tsx'
import classes from './WorkflowsPage.module.css'

/** Everything that can be started: models and code workflows, with what is going on in each. */
export const WorkflowsPage = () => {
  const { t } = useTranslation()
  const search = useSearch({ from: '/frame/workflows' })
  const navigate = useNavigate({ from: '/workflows' })
  const { edits, isStaff } = rightsOf(useMe())
  const starts = useStarts(isStaff)
  const { data, error, refetch } = useWorkflowsQuery()
  const [typed, setTyped] = useState(search.search ?? '')
  const asked = useDeferredValue(typed.trim().toLocaleLowerCase())
  const rows = data?.items.filter(
    ({ id, title, tags }) => asked === '' || [id, title, ...tags].some((text) => text.toLocaleLowerCase().includes(asked)),
  )
  return (
    <Page
      title={t('rail.workflows')}
      actions={edits ? <ModelActions /> : null}
      head={
        <label className={classes.search}>
          <span className="mr-unseen">{t('workflows.search')}</span>
          <input
            type="search"
            className={inputClass}
            placeholder={t('workflows.search')}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              const text = event.currentTarget.value.trim()
              void navigate({ search: text === '' ? {} : { search: text }, replace: true })
            }}
          />
        </label>
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : rows === undefined ? (
        <SkeletonRows rows={8} height={36} />
      ) : rows.length === 0 ? (
        <EmptyState title={asked === '' ? t('workflows.empty') : t('workflows.nothingFound')}>
          {asked === '' && edits ? t('workflows.emptyText') : null}
        </EmptyState>
      ) : (
        <Table
          label={t('rail.workflows')}
          head={
            <>
              <th>{t('workflows.column.title')}</th>
              <th>{t('workflows.column.kind')}</th>
              <th>{t('workflows.column.version')}</th>
              <th>{t('workflows.column.draft')}</th>
              <th>{t('workflows.column.open')}</th>
              {starts !== undefined ? <th>{t('workflows.column.starts')}</th> : null}
              <th>{t('workflows.column.updated')}</th>
              <th>
                <span className="mr-unseen">{t('frame.start')}</span>
              </th>
            </>
          }
        >
          {rows.map((row) => (
            <WorkflowRow key={row.id} row={row} starts={starts} />
          ))}
        </Table>
      )}
    </Page>
  )
}

/** Starts by day, of all workflows in one answer; undefined for those who may not know. */
const useStarts = (isStaff: boolean): Series | undefined => {
  const { client } = useData()
  const { zone } = useTimeStyle()
  const offsetMinutes = zoneOffsetMinutes(zone, useNow())
  return useQuery({ ...activityByDay(client, { offsetMinutes }), enabled: isStaff }).data
}

/** Two weeks of starts at a glance; it opens the instances they are. */
const Starts = ({ id, series }: { readonly id: string; readonly series: Series }) => {
  const { t } = useTranslation()
  const { buckets, sinceMs, workflows } = series
  const values =
    workflows.find(({ workflow }) => workflow === id)?.started ?? buckets.map((ms) => (sinceMs === undefined || ms < sinceMs ? null : 0))
  const count = values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const spark = <Spark values={values} label={t('workflows.starts', { count })} />
  if (count === 0) return spark
  return (
    <Link
      to="/instances"
      search={{ workflow: id, tab: 'all', createdFrom: new Date(buckets[0] ?? 0).toISOString() }}
      className={classes.starts ?? ''}
    >
      {spark}
    </Link>
  )
}

const WorkflowRow = ({ row, starts }: { readonly row: WorkflowSummary; readonly starts: Series | undefined }) => {
  const { t } = useTranslation()
  const { id, kind, title, latest, instances } = row
  return (
    <tr>
      <td data-label={t('workflows.column.title')}>
        <Link to={kind === 'graph' ? '/models/$id' : '/workflows/$id'} params={{ id }} className={classes.title ?? ''}>
          <UserText>{title}</UserText>
        </Link>
        <span className={classes.id}>{id}</span>
      </td>
      <td data-label={t('workflows.column.kind')}>
        <KindMark kind={kind} />
      </td>
      <td data-label={t('workflows.column.version')}>{latest === undefined ? t('workflows.noVersion') : `v${latest}`}</td>
      <td data-label={t('workflows.column.draft')}>
        {draftText(row) === undefined ? '' : t(`workflows.draft.${draftText(row) ?? 'same'}`)}
      </td>
      <td data-label={t('workflows.column.open')}>
        <Link to="/instances" search={{ workflow: id, tab: 'open' }}>
          {instances.open}
        </Link>
        {instances.incidents > 0 ? (
          <Link to="/instances" search={{ workflow: id, tab: 'incidents' }} className={classes.incidents ?? ''}>
            <StatusMark mark="incident" withWord word={String(instances.incidents)} />
          </Link>
        ) : null}
      </td>
      {starts === undefined ? null : (
        <td data-label={t('workflows.column.starts')}>
          <Starts id={id} series={starts} />
        </td>
      )}
      <td data-label={t('workflows.column.updated')}>
        <Time ms={row.updatedAtMs} />
      </td>
      <td data-tight>
        {row.canStart && latest !== undefined ? (
          <Button
            size="small"
            look="quiet"
            onClick={() => overlay.set({ kind: 'start', workflow: id })}
            aria-label={t('palette.startOf', { title })}
          >
            {t('frame.start')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

const draftText = ({ kind, hasDraft, draftChanged, latest }: WorkflowSummary): 'changed' | 'unsynced' | 'same' | undefined => {
  if (kind === 'code' || !hasDraft) return undefined
  if (latest === undefined) return 'unsynced'
  return draftChanged ? 'changed' : 'same'
}
