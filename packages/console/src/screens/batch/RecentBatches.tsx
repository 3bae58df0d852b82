import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { recentBatches } from '../../data/queries/batches.ts'
import { useData } from '../../data/use-data.ts'
import { Section } from '../../parts/page/Page.tsx'
import { Time } from '../../parts/time/Time.tsx'
import classes from './BatchPage.module.css'

/** The last batches, for whoever comes back to one. */
export const RecentBatches = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { data } = useQuery(recentBatches(client))
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section title={t('batch.recent')}>
      <ul>
        {data.items.map((batch) => (
          <li key={batch.id} className={classes.line}>
            <Link to="/batches/$id" params={{ id: batch.id }}>
              {t(`batch.of.${batch.action}`, { count: batch.total })}
            </Link>
            <span>{t(`batch.status.${batch.status}`)}</span>
            <span className={classes.muted}>
              <Time ms={batch.createdAtMs} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
