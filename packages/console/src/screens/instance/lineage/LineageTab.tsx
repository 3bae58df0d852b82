import type { Instance } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { instanceOne } from '../../../data/queries/instances.ts'
import { useData } from '../../../data/use-data.ts'
import { ErrorNotice } from '../../../parts/notice/ErrorNotice.tsx'
import { Section } from '../../../parts/page/Page.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { InstanceRow } from '../InstanceRow.tsx'
import { useFacts } from '../use-facts.ts'
import classes from './LineageTab.module.css'

/** Children shown here; more are a list of their own. */
const MOST_CHILDREN = 50

/** Where it comes from, what it started, its runs, and what runs of the same version. */
export const LineageTab = ({ instance }: { readonly instance: Instance }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const { parent, id, workflow, version } = instance
  const above = useQuery({ ...instanceOne(client, parent?.instance ?? ''), enabled: parent !== undefined })
  const query = { parent: id, limit: MOST_CHILDREN, sort: 'created' } as const
  const children = useQuery({ queryKey: ['instance', 'list', query], queryFn: ({ signal }) => client.instances.list(query, { signal }) })
  const runs = useFacts(id).facts?.filter(({ type }) => type === 'restarted' || type === 'created' || type === 'ended') ?? []
  return (
    <div className={classes.lineage}>
      {parent === undefined ? null : (
        <Section title={t('lineage.parent')}>
          {above.data !== undefined ? (
            <InstanceRow instance={above.data} />
          ) : above.error !== null ? (
            <p className={classes.none}>{t('lineage.hidden')}</p>
          ) : (
            <Skeleton lines={['60%']} />
          )}
          <p>
            <Link to="/instances/$id" params={{ id: parent.instance }} search={{ step: parent.step }}>
              {t('lineage.parentStep')}
            </Link>
          </p>
        </Section>
      )}
      <Section title={t('lineage.children')}>
        {children.error !== null ? (
          <ErrorNotice error={children.error} retry={() => void children.refetch()} />
        ) : children.data === undefined ? (
          <Skeleton lines={['60%', '50%']} />
        ) : children.data.items.length === 0 ? (
          <p className={classes.none}>{t('lineage.noChildren')}</p>
        ) : (
          <div className={classes.rows}>
            {children.data.items.map((child) => (
              <InstanceRow key={child.id} instance={child} />
            ))}
          </div>
        )}
        {children.data?.next === undefined ? null : (
          <Link to="/instances" search={{ tab: 'all', parent: id }}>
            {t('lineage.allChildren')}
          </Link>
        )}
      </Section>
      <Section title={t('lineage.runs')}>
        <ol className={classes.runs}>
          {runs.map(({ seq, type, atMs, run, details }) => (
            <li key={seq}>
              <span className={classes.run}>{t('instance.run', { run })}</span>
              <span>
                {type === 'ended' ? <EndedAs status={details.status} /> : t(type === 'created' ? 'lineage.begun' : 'lineage.restarted')}
              </span>
              <span className={classes.none}>
                <Time ms={atMs} />
              </span>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('lineage.version')}>
        <Link to="/instances" search={{ tab: 'all', workflow, version: String(version) }}>
          {t('lineage.sameVersion', { workflow, version })}
        </Link>
      </Section>
    </div>
  )
}

const EndedAs = ({ status }: { readonly status: unknown }) => {
  const { t } = useTranslation()
  if (status !== 'COMPLETED' && status !== 'FAILED' && status !== 'ABORTED') return String(status)
  return t('lineage.ended', { status: t(`status.${status}`) })
}
