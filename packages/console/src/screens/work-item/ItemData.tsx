import type { WorkItem } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { PayloadView } from '../../parts/payload/PayloadView.tsx'
import classes from './ItemData.module.css'

/** What is decided on: the payload, and the data of the instance a click away. */
export const ItemData = ({ item }: { readonly item: WorkItem }) => {
  const { t } = useTranslation()
  const names = Object.keys(item.data)
  return (
    <section className={classes.data} aria-label={t('item.subject')}>
      <PayloadView payload={item.payload} />
      {names.length === 0 ? null : (
        <details className={classes.details}>
          <summary>{t('item.data', { count: names.length })}</summary>
          <pre>{JSON.stringify(item.data, null, 2)}</pre>
        </details>
      )}
    </section>
  )
}
