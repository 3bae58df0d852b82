import { MillraceError } from '@millrace/client'
import type { Instance } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../../app/page-title.ts'
import { rightsOf } from '../../app/rights.ts'
import { instanceOne } from '../../data/queries/instances.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { buttonClass } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { TabLinks } from '../../parts/tabs/TabLinks.tsx'
import { type Action, actionsFor } from './action/actions.ts'
import { DataTab } from './data/DataTab.tsx'
import { HistoryTab } from './history/HistoryTab.tsx'
import { InstanceHead } from './InstanceHead.tsx'
import classes from './InstancePage.module.css'
import { INSTANCE_TABS, type InstanceSearch, type InstanceTab } from './instance-search.ts'
import { LineageTab } from './lineage/LineageTab.tsx'
import { RunTab } from './run/RunTab.tsx'

const ActionDialog = lazy(async () => ({ default: (await import('./action/ActionDialog.tsx')).ActionDialog }))

/** One instance: how it stands and why, what unblocks it, and everything that happened. Tab, step and time window stand in the address. */
export const InstancePage = () => {
  const { id } = useParams({ from: '/frame/instances/$id' })
  const { t } = useTranslation()
  const { client } = useData()
  const { data, error, refetch } = useQuery(instanceOne(client, id))
  usePageTitle(data?.title ?? t('instance.title'))
  if (data !== undefined) return <InstanceView key={data.id} instance={data} />
  if (error === null)
    return (
      <div className={classes.message} aria-busy="true">
        <Skeleton lines={['45%', '70%', '30%']} height={14} />
      </div>
    )
  if (error instanceof MillraceError && error.code === 'NOT_FOUND')
    return (
      <EmptyState
        title={t('instance.notFound')}
        action={
          <Link to="/instances" className={buttonClass({})}>
            {t('instance.toList')}
          </Link>
        }
      >
        {t('instance.notFoundText')}
      </EmptyState>
    )
  return (
    <div className={classes.message}>
      <ErrorNotice error={error} retry={() => void refetch()} />
    </div>
  )
}

const InstanceView = ({ instance }: { readonly instance: Instance }) => {
  const { t } = useTranslation()
  const search = useSearch({ from: '/frame/instances/$id' })
  const me = useMe()
  const [asked, setAsked] = useState<{ readonly action: Action; readonly step?: number | undefined }>()
  const { operates } = rightsOf(me)
  const actions = actionsFor(instance, { operates, isOwn: instance.initiator === me.user })
  const tab = search.tab ?? 'run'
  const ask = (action: Action, step?: number) => setAsked({ action, step })
  return (
    <article className={classes.page} aria-labelledby="instance">
      <InstanceHead instance={instance} actions={actions} operates={operates} onAction={ask}>
        <TabLinks label={t('instance.tabs')}>
          {INSTANCE_TABS.map((each) => (
            <Link
              key={each}
              to="/instances/$id"
              params={{ id: instance.id }}
              search={searchOfTab(search, each)}
              activeOptions={HERE}
              aria-current={each === tab ? 'page' : undefined}
            >
              {t(`instance.tab.${each}`)}
            </Link>
          ))}
        </TabLinks>
      </InstanceHead>
      <div className={classes.body} data-tab={tab}>
        {tab === 'run' ? <RunTab instance={instance} actions={actions} onAction={ask} /> : null}
        {tab === 'data' ? <DataTab instance={instance} onChange={actions.includes('data') ? () => ask('data') : undefined} /> : null}
        {tab === 'history' ? <HistoryTab instance={instance} /> : null}
        {tab === 'lineage' ? <LineageTab instance={instance} /> : null}
      </div>
      {asked === undefined ? null : (
        <Suspense fallback={null}>
          <ActionDialog instance={instance} action={asked.action} step={asked.step} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </article>
  )
}

/** A link is to where we are only with the very same search part: the router would mark them all. */
const HERE = { exact: true, includeSearch: true } as const

const searchOfTab = ({ tab: _tab, ...kept }: InstanceSearch, tab: InstanceTab): InstanceSearch => (tab === 'run' ? kept : { ...kept, tab })
