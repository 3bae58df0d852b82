import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { overlay } from '../../app/frame/overlays.ts'
import { rightsOf } from '../../app/rights.ts'
import { useInboxCounts } from '../../data/queries/inbox.ts'
import { useWorkflows } from '../../data/queries/workflows.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { InstanceRow } from '../instance/InstanceRow.tsx'
import { OPEN_STATUSES } from '../instance/instances-search.ts'
import { OperateLines } from '../operate/OperateLines.tsx'
import { ItemRow } from '../work-item/ItemRow.tsx'
import classes from './HomePage.module.css'

/** Rows of a section before its "all" link. */
const FEW = 6

/** Where a day begins: what is wrong (operators), what waits for you, what became of what you started, and what you may start. */
export const HomePage = () => {
  const { t } = useTranslation()
  const me = useMe()
  const { operates, edits } = rightsOf(me)
  return (
    <Page title={t('rail.home')}>
      {operates ? (
        <Section
          title={t('home.operate')}
          action={
            <Link to="/operate" className={classes.all ?? ''}>
              {t('home.toOperate')}
            </Link>
          }
        >
          <OperateLines />
        </Section>
      ) : null}
      <Waiting />
      <Started user={me.user} />
      {edits ? <Drafts /> : null}
      <Startable />
    </Page>
  )
}

const Waiting = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const counts = useInboxCounts()
  const query = { view: 'open' as const, limit: FEW }
  const { data, error, refetch } = useQuery({
    queryKey: ['work-item', 'list', query],
    queryFn: ({ signal }) => client.inbox.list(query, { signal }),
  })
  const total = counts === undefined ? undefined : counts.mine + counts.groups
  return (
    <Section
      title={t('home.waiting')}
      action={
        total === 0 ? null : (
          <Link to="/inbox/$view" params={{ view: 'open' }} className={classes.all ?? ''}>
            {total === undefined ? t('home.all') : t('home.allOf', { count: total })}
          </Link>
        )
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={3} height={52} />
      ) : data.items.length === 0 ? (
        <p className={classes.none}>{t('inbox.empty.open')}</p>
      ) : (
        <ul className={classes.rows}>
          {data.items.map((row) => (
            <li key={row.id}>
              <ItemRow item={row} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const Started = ({ user }: { readonly user: string }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const query = { initiator: user, status: [...OPEN_STATUSES], limit: FEW }
  const { data, error, refetch } = useQuery({
    queryKey: ['instance', 'list', query],
    queryFn: ({ signal }) => client.instances.list(query, { signal }),
  })
  return (
    <Section
      title={t('home.started')}
      action={
        <Link to="/instances" search={{ initiator: user, tab: 'all' }} className={classes.all ?? ''}>
          {t('home.all')}
        </Link>
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={3} height={36} />
      ) : data.items.length === 0 ? (
        <p className={classes.none}>{t('home.nothingStarted')}</p>
      ) : (
        <ul className={classes.rows}>
          {data.items.map((row) => (
            <li key={row.id}>
              <InstanceRow instance={row} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** Models somebody changed and has not synced: what runs is not what the editor sees. */
const Drafts = () => {
  const { t } = useTranslation()
  const changed = useWorkflows()?.filter(({ hasDraft, draftChanged, latest }) => hasDraft && (draftChanged || latest === undefined))
  if (changed === undefined || changed.length === 0) return null
  return (
    <Section title={t('home.drafts')}>
      <ul className={classes.drafts}>
        {changed.slice(0, FEW).map(({ id, title, latest, updatedAtMs }) => (
          <li key={id}>
            <Link to="/models/$id" params={{ id }}>
              <UserText>{title}</UserText>
            </Link>
            <span>{t(latest === undefined ? 'workflows.draft.unsynced' : 'workflows.draft.changed')}</span>
            <Time ms={updatedAtMs} />
          </li>
        ))}
      </ul>
      {changed.length > FEW ? (
        <Link to="/workflows" className={classes.all ?? ''}>
          {t('home.allOf', { count: changed.length })}
        </Link>
      ) : null}
    </Section>
  )
}

const Startable = () => {
  const { t } = useTranslation()
  const workflows = useWorkflows()?.filter(({ canStart, latest }) => canStart && latest !== undefined)
  if (workflows === undefined || workflows.length === 0) return null
  return (
    <Section title={t('home.start')}>
      <div className={classes.starts}>
        {workflows.slice(0, 12).map(({ id, title }) => (
          <Button key={id} onClick={() => overlay.set({ kind: 'start', workflow: id })}>
            <UserText>{title}</UserText>
          </Button>
        ))}
      </div>
    </Section>
  )
}
