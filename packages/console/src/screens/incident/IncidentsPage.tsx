import type { Incident } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { incidentList } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Chip } from '../../parts/chip/Chip.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice, useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { groupIncidents, type IncidentGroup } from '../operate/lines.ts'
import classes from './IncidentsPage.module.css'

/** Failed steps that wait for an operator, by cause; within a cause each of them. */
export const IncidentsPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const search = useSearch({ from: '/frame/incidents' })
  const navigate = useNavigate({ from: '/incidents' })
  const { data, error, refetch } = useQuery(incidentList(client, search))
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
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={6} height={48} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('incidents.empty')}>{t('incidents.emptyText')}</EmptyState>
      ) : search.group === undefined ? (
        <ul className={classes.groups}>
          {groupIncidents(data.items).map((group) => (
            <li key={group.group}>
              <GroupLine group={group} />
            </li>
          ))}
        </ul>
      ) : (
        <OneGroup incidents={data.items} />
      )}
    </Page>
  )
}

const GroupLine = ({ group }: { readonly group: IncidentGroup }) => {
  const { t } = useTranslation()
  return (
    <Link to="/incidents" search={{ group: group.group }} className={classes.group ?? ''}>
      <StatusMark mark="incident" />
      <span className={classes.count}>{group.count}</span>
      <span className={classes.cause}>
        <strong>
          <UserText>{group.workflow}</UserText>
          {group.node === undefined ? null : (
            <>
              {' › '}
              <UserText>{group.node}</UserText>
            </>
          )}
        </strong>
        <span className={classes.message}>
          <code>{group.code}</code> <UserText>{group.message}</UserText>
        </span>
      </span>
      <span className={classes.since}>
        {t('incidents.since')} <Time ms={group.sinceMs} />
      </span>
    </Link>
  )
}

const OneGroup = ({ incidents }: { readonly incidents: readonly Incident[] }) => {
  const { t } = useTranslation()
  const [first] = incidents
  if (first === undefined) return null
  return (
    <Section
      title={
        <>
          <UserText>{first.workflow}</UserText>
          {first.node === undefined ? null : (
            <>
              {' › '}
              <UserText>{first.node}</UserText>
            </>
          )}
          : <code>{first.error.code}</code>
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
        </Link>
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
