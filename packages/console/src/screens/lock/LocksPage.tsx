import type { Lock } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { lockList } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { Chip } from '../../parts/chip/Chip.tsx'
import { shortId } from '../../parts/copy-id/CopyId.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { type Mark, markOf, markOfWhy } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { WhyLine } from '../../parts/why-line/WhyLine.tsx'
import classes from './LocksPage.module.css'

type LockRow = z.infer<typeof Lock>

/** Locks that somebody waits for come first: who holds each and what it waits for, who stands in line behind whom, and since when. */
export const LocksPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { name } = useSearch({ from: '/frame/locks' })
  const navigate = useNavigate({ from: '/locks' })
  const { data, error, refetch } = useQuery(lockList(client))
  const locks = data?.items.filter((lock) => name === undefined || lock.name === name)
  return (
    <Page
      title={t('rail.locks')}
      head={
        name === undefined ? null : (
          <div className={classes.filters}>
            <Chip onRemove={() => void navigate({ search: {} })} removeLabel={t('inbox.dropFilter')}>
              {name}
            </Chip>
          </div>
        )
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : locks === undefined ? (
        <SkeletonRows rows={5} height={36} />
      ) : locks.length === 0 ? (
        <EmptyState title={name === undefined ? t('locks.empty') : t('locks.free', { name })}>{t('locks.emptyText')}</EmptyState>
      ) : (
        <>
          {locks
            .filter(({ queue }) => queue.length > 0)
            .map((lock) => (
              <ContendedLock key={lock.name} lock={lock} />
            ))}
          <HeldLocks locks={locks.filter(({ queue }) => queue.length === 0)} />
        </>
      )}
    </Page>
  )
}

/** Locks shown at once; more are found by their name in the address, and by their instances. */
const MOST_HELD = 500

const ContendedLock = ({ lock }: { readonly lock: LockRow }) => {
  const { t } = useTranslation()
  const titles = new Map([...lock.holders, ...lock.queue].map(({ instance, title }) => [instance, title]))
  return (
    <Section title={<UserText className="mr-mono">{lock.name}</UserText>}>
      <Table
        label={lock.name}
        head={
          <>
            <th>{t('locks.place')}</th>
            <th>{t('instances.column.title')}</th>
            <th>{t('locks.waits')}</th>
            <th>{t('incidents.since')}</th>
          </>
        }
      >
        {lock.holders.map((holder) => (
          <tr key={holder.instance}>
            <td data-label={t('locks.place')}>
              <StatusMark mark={markOfHolder(holder)} withWord word={t('locks.holds')} />
            </td>
            <td data-label={t('instances.column.title')}>
              <InstanceLink id={holder.instance} title={holder.title} />
            </td>
            <td data-label={t('locks.waits')}>
              {holder.why === undefined ? null : <WhyLine why={holder.why} instance={holder.instance} />}
            </td>
            <td data-label={t('incidents.since')}>
              <Time ms={holder.sinceMs} />
            </td>
          </tr>
        ))}
        {lock.queue.map((waiting) => (
          <tr key={waiting.instance}>
            <td data-label={t('locks.place')}>
              <StatusMark mark="queued" withWord word={t('locks.number', { position: waiting.position })} />
            </td>
            <td data-label={t('instances.column.title')}>
              <InstanceLink id={waiting.instance} title={waiting.title} />
            </td>
            <td data-label={t('locks.waits')}>
              {t('locks.behind')}{' '}
              {waiting.behind.map((id, at) => (
                <span key={id}>
                  {at > 0 ? ', ' : null}
                  <InstanceLink id={id} title={titles.get(id) ?? shortId(id)} />
                </span>
              ))}
            </td>
            <td data-label={t('incidents.since')}>
              <Time ms={waiting.sinceMs} />
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

type Holder = LockRow['holders'][number]

const markOfHolder = ({ status, why }: Holder): Mark =>
  status === 'RUNNING' ? markOfWhy(why?.code) : markOf({ status: status as 'SUSPENDED', incidents: 0 })

/** Locks that are in nobody's way. */
const HeldLocks = ({ locks }: { readonly locks: readonly LockRow[] }) => {
  const { t } = useTranslation()
  if (locks.length === 0) return null
  const rows = locks.flatMap(({ name, holders }) => holders.map((holder) => ({ name, holder })))
  return (
    <Section title={t('locks.held')}>
      <Table
        label={t('locks.held')}
        head={
          <>
            <th>{t('locks.name')}</th>
            <th>{t('instances.column.title')}</th>
            <th>{t('incidents.since')}</th>
          </>
        }
      >
        {rows.slice(0, MOST_HELD).map(({ name, holder }) => (
          <tr key={`${name} ${holder.instance}`}>
            <td data-label={t('locks.name')}>
              <UserText className="mr-mono" most={80}>
                {name}
              </UserText>
            </td>
            <td data-label={t('instances.column.title')}>
              <InstanceLink id={holder.instance} title={holder.title} />
            </td>
            <td data-label={t('incidents.since')}>
              <Time ms={holder.sinceMs} />
            </td>
          </tr>
        ))}
      </Table>
      {rows.length > MOST_HELD ? <p className={classes.more}>{t('locks.more', { count: MOST_HELD })}</p> : null}
    </Section>
  )
}

const InstanceLink = ({ id, title }: { readonly id: string; readonly title: string }) => (
  <Link to="/instances/$id" params={{ id }} title={id}>
    <UserText>{title}</UserText>
  </Link>
)
