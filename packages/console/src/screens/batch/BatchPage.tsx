import type { Batch, BatchRow } from '@millrace/protocol'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { batchOne, batchRows } from '../../data/queries/batches.ts'
import { useData } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button } from '../../parts/button/Button.tsx'
import { shortId } from '../../parts/copy-id/CopyId.tsx'
import { ErrorNotice, useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import type { Mark } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { TabLinks } from '../../parts/tabs/TabLinks.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './BatchPage.module.css'
import { ROW_STATES } from './batch-search.ts'
import { StageList } from './StageList.tsx'

/** One batch: how far it is, what it may still do, and the result of every row. It goes on without this page. */
export const BatchPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { id } = useParams({ from: '/frame/batches/$id' })
  const { state } = useSearch({ from: '/frame/batches/$id' })
  const { data: batch, error, refetch } = useQuery(batchOne(client, id))
  const rows = useInfiniteQuery(batchRows(client, id, state))
  if (batch === undefined)
    return (
      <Page title={t('batch.page')}>
        {error === null ? <SkeletonRows rows={6} height={36} /> : <ErrorNotice error={error} retry={() => void refetch()} />}
      </Page>
    )
  return (
    <Page
      title={t(`batch.of.${batch.action}`, { count: batch.total })}
      actions={<BatchActions batch={batch} />}
      head={<BatchHead batch={batch} />}
    >
      <div className={classes.tabs}>
        <TabLinks label={t('batch.states')}>
          <Link
            to="/batches/$id"
            params={{ id }}
            search={{}}
            replace
            activeOptions={EXACT}
            aria-current={state === undefined ? 'page' : undefined}
          >
            {t('batch.all')} <span className={classes.count}>{batch.total}</span>
          </Link>
          {ROW_STATES.filter((each) => batch.counts[each] > 0 || each === state).map((each) => (
            <Link
              key={each}
              to="/batches/$id"
              params={{ id }}
              search={{ state: each }}
              replace
              activeOptions={EXACT}
              aria-current={each === state ? 'page' : undefined}
            >
              {t(`batch.row.${each}`)} <span className={classes.count}>{batch.counts[each]}</span>
            </Link>
          ))}
        </TabLinks>
      </div>
      {rows.error !== null && rows.data === undefined ? (
        <ErrorNotice error={rows.error} retry={() => void rows.refetch()} />
      ) : rows.data === undefined ? (
        <SkeletonRows rows={8} height={36} />
      ) : (
        <Table
          label={t('batch.rows')}
          head={
            <>
              <th>{t('batch.column.number')}</th>
              <th>{t('batch.column.state')}</th>
              <th>{t('batch.column.title')}</th>
              <th>{t('batch.column.result')}</th>
              <th>{t('batch.column.at')}</th>
            </>
          }
        >
          {rows.data.pages
            .flatMap(({ items }) => items)
            .map((row) => (
              <ResultRow key={row.n} row={row} />
            ))}
        </Table>
      )}
      {rows.hasNextPage ? (
        <div className={classes.rest}>
          <Button isBusy={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t('incidents.showMore')}
          </Button>
        </div>
      ) : null}
    </Page>
  )
}

const EXACT = { exact: true, includeSearch: true } as const

const BatchHead = ({ batch }: { readonly batch: Batch }) => {
  const { t } = useTranslation()
  const { counts, total } = batch
  const ended = total - counts.waiting - counts.running
  return (
    <div className={classes.head}>
      <p className={classes.line}>
        <StatusMark mark={MARK_OF_BATCH[batch.status]} withWord word={t(`batch.status.${batch.status}`)} />
        <span>{t('batch.progress', { done: ended, of: total })}</span>
        <span className={classes.muted}>
          <Sentence
            text={t('batch.by', places('who', 'time'))}
            parts={{ who: <PersonName principal={batch.by} />, time: <Time ms={batch.createdAtMs} /> }}
          />
        </span>
      </p>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={t('batch.progress', { done: ended, of: total })}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={ended}
      >
        {(['done', 'failed', 'refused', 'left'] as const).map((state) =>
          counts[state] === 0 ? null : <span key={state} data-state={state} style={{ flexGrow: counts[state] }} />,
        )}
        {total - ended === 0 ? null : <span data-state="waiting" style={{ flexGrow: total - ended }} />}
      </div>
      <div className={classes.muted}>
        <StageList stages={batch.stages} current={batch.stage} />
      </div>
      {batch.status === 'stopped' ? <Notice tone="warning">{t('batch.stopped')}</Notice> : null}
    </div>
  )
}

const MARK_OF_BATCH: { readonly [S in Batch['status']]: Mark } = {
  running: 'running',
  paused: 'suspended',
  stopped: 'incident',
  completed: 'completed',
  cancelled: 'aborted',
}

const BatchActions = ({ batch }: { readonly batch: Batch }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const [busy, setBusy] = useState<string>()
  const act = async (what: 'pause' | 'resume' | 'cancel') => {
    setBusy(what)
    try {
      await client.batches[what](batch.id)
      wrote('batch', batch.id, ['status'])
    } catch (error) {
      toast(errorText(error), 'error')
    } finally {
      setBusy(undefined)
    }
  }
  const isOpen = batch.status === 'running' || batch.status === 'paused' || batch.status === 'stopped'
  if (!isOpen) return null
  const main = batch.status === 'running' ? 'pause' : 'resume'
  return (
    <>
      <Button look={main === 'resume' ? 'primary' : 'default'} isBusy={busy === main} onClick={() => void act(main)}>
        {t(`batch.${main}`)}
      </Button>
      <Button look="danger" isBusy={busy === 'cancel'} onClick={() => void act('cancel')}>
        {t('batch.cancel')}
      </Button>
    </>
  )
}

const MARK_OF_ROW: { readonly [S in BatchRow['state']]: Mark } = {
  waiting: 'queued',
  running: 'running',
  done: 'completed',
  failed: 'failed',
  refused: 'incident',
  left: 'aborted',
}

const ResultRow = ({ row }: { readonly row: BatchRow }) => {
  const { t } = useTranslation()
  const atMs = row.endedAtMs ?? row.startedAtMs
  return (
    <tr>
      <td data-label={t('batch.column.number')}>{row.n}</td>
      <td data-label={t('batch.column.state')}>
        <StatusMark mark={MARK_OF_ROW[row.state]} withWord word={t(`batch.row.${row.state}`)} />
      </td>
      <td data-label={t('batch.column.title')}>
        <Link to="/instances/$id" params={{ id: row.instance }} search={row.step === undefined ? {} : { step: row.step }}>
          <UserText>{row.title}</UserText>
        </Link>{' '}
        <span className={classes.id}>{shortId(row.instance)}</span>
      </td>
      <td data-label={t('batch.column.result')}>
        {row.problem === undefined ? null : (
          <>
            <code>{row.problem.code}</code> <UserText>{row.problem.message}</UserText>
          </>
        )}
      </td>
      <td data-label={t('batch.column.at')}>{atMs === undefined ? null : <Time ms={atMs} />}</td>
    </tr>
  )
}
