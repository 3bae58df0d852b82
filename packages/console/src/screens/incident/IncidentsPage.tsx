import type { Incident, IncidentGroup } from '@millrace/protocol'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { incidentGroups, incidentList } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Chip } from '../../parts/chip/Chip.tsx'
import { shortId } from '../../parts/copy-id/CopyId.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice, useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { BatchDialog } from '../batch/BatchDialog.tsx'
import { RecentBatches } from '../batch/RecentBatches.tsx'
import classes from './IncidentsPage.module.css'

/** Failed steps that wait for an operator, by cause; within a cause each of them. */
export const IncidentsPage = () => {
  const { t } = useTranslation()
  const search = useSearch({ from: '/frame/incidents' })
  const navigate = useNavigate({ from: '/incidents' })
  const { group, workflow } = search
  return (
    <Page
      title={t('rail.incidents')}
      head={
        search.group === undefined && search.workflow === undefined ? null : (
          <div className={classes.filters}>
            {search.group === undefined ? null : (
              <Chip onRemove={() => void navigate({ search: ({ group: _group, ...rest }) => rest })} removeLabel={t('inbox.dropFilter')}>
                {t('incidents.oneCause')}
              </Chip>
            )}
            {search.workflow === undefined ? null : (
              <Chip
                onRemove={() => void navigate({ search: ({ workflow: _workflow, ...rest }) => rest })}
                removeLabel={t('inbox.dropFilter')}
              >
                {search.workflow}
              </Chip>
            )}
          </div>
        )
      }
    >
      {group === undefined ? <Groups workflow={workflow} /> : <OneGroup group={group} />}
    </Page>
  )
}

const Groups = ({ workflow }: { readonly workflow: string | undefined }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const { data, error, refetch } = useQuery(incidentGroups(client, workflow === undefined ? {} : { workflow }))
  if (data === undefined)
    return error === null ? <SkeletonRows rows={6} height={48} /> : <ErrorNotice error={error} retry={() => void refetch()} />
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState title={t('incidents.empty')}>{t('incidents.emptyText')}</EmptyState>
      ) : (
        <ul className={classes.groups}>
          {data.items.map((group) => (
            <li key={group.id}>
              <GroupLine group={group} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.batches}>
        <RecentBatches />
      </div>
    </>
  )
}

const GroupLine = ({ group }: { readonly group: IncidentGroup }) => {
  const { t } = useTranslation()
  return (
    <Link to="/incidents" search={{ group: group.id }} className={classes.group ?? ''}>
      <StatusMark mark="incident" />
      <span className={classes.count}>{group.count}</span>
      <span className={classes.cause}>
        <strong>
          <UserText>{group.workflowTitle}</UserText>
          {group.node === undefined ? null : (
            <>
              {' › '}
              <UserText>{group.nodeTitle ?? group.node}</UserText>
            </>
          )}
        </strong>
        <span className={classes.message}>
          <code>{group.code}</code> <UserText>{group.message}</UserText>
        </span>
      </span>
      <span className={classes.since}>
        {t('incidents.since')} <Time ms={group.firstAtMs} />
      </span>
    </Link>
  )
}

const OneGroup = ({ group }: { readonly group: string }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const [isRepairing, setRepairing] = useState(false)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(incidentList(client, { group }))
  const cause = useQuery(incidentGroups(client)).data?.items.find(({ id }) => id === group)
  if (data === undefined)
    return error === null ? <SkeletonRows rows={6} height={48} /> : <ErrorNotice error={error} retry={() => void refetch()} />
  const incidents = data.pages.flatMap(({ items }) => items)
  const [first] = incidents
  if (first === undefined) return <EmptyState title={t('incidents.empty')}>{t('incidents.emptyText')}</EmptyState>
  return (
    <Section
      action={
        <>
          <Button look="primary" size="small" onClick={() => setRepairing(true)}>
            {t('batch.open')}
          </Button>
          {isRepairing ? <BatchDialog group={group} onClose={() => setRepairing(false)} /> : null}
        </>
      }
      title={
        <>
          <UserText>{cause?.workflowTitle ?? first.workflow}</UserText>
          {first.node === undefined ? null : (
            <>
              {' › '}
              <UserText>{cause?.nodeTitle ?? first.node}</UserText>
            </>
          )}
          : <code>{first.error.code}</code>
          {cause === undefined ? null : <span className={classes.size}>{t('incidents.of', { count: cause.count })}</span>}
        </>
      }
    >
      <Table
        label={t('rail.incidents')}
        head={
          <>
            <th>{t('instances.column.title')}</th>
            <th>{t('incidents.message')}</th>
            <th>{t('incidents.since')}</th>
            <th>
              <span className="mr-unseen">{t('incidents.retry')}</span>
            </th>
          </>
        }
      >
        {incidents.map((incident) => (
          <IncidentRow key={`${incident.instance}.${incident.step ?? ''}`} incident={incident} />
        ))}
      </Table>
      {hasNextPage ? (
        <div className={classes.rest}>
          <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('incidents.showMore')}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}

const IncidentRow = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const retry = async () => {
    setBusy(true)
    try {
      await client.instances.retry(incident.instance, incident.step === undefined ? {} : { step: incident.step })
      wrote('incident', incident.instance, ['status'])
      toast(t('incidents.retried', { title: incident.title }))
    } catch (error) {
      toast(errorText(error), 'error')
    } finally {
      setBusy(false)
    }
  }
  return (
    <tr>
      <td data-label={t('instances.column.title')}>
        <Link to="/instances/$id" params={{ id: incident.instance }} search={incident.step === undefined ? {} : { step: incident.step }}>
          <UserText>{incident.title}</UserText>
        </Link>{' '}
        <span className={classes.id}>{shortId(incident.instance)}</span>
      </td>
      <td data-label={t('incidents.message')} className={classes.text}>
        <UserText>{incident.error.message}</UserText>
      </td>
      <td data-label={t('incidents.since')}>
        <Time ms={incident.atMs} />
      </td>
      <td data-tight>
        <Button size="small" isBusy={isBusy} onClick={() => void retry()} aria-label={`${t('incidents.retry')} ${incident.title}`}>
          {t('incidents.retry')}
        </Button>
      </td>
    </tr>
  )
}
