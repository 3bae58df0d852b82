import type { WorkItem } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { ClampedText } from '../../parts/user-text/ClampedText.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './Thread.module.css'

/** Everything people said in this instance, over all its rounds: comments, and decisions with their words. */
export const Thread = ({ item }: { readonly item: WorkItem }) => {
  const { t } = useTranslation()
  if (item.thread.length === 0) return null
  return (
    <section className={classes.thread} aria-label={t('item.thread')}>
      <h2 className={classes.title}>{t('item.thread')}</h2>
      <ol>
        {item.thread.map((entry, at) => (
          <li key={at} className={classes.entry}>
            <div className={classes.who}>
              <strong>
                <PersonName principal={entry.by} />
              </strong>
              {entry.route === undefined ? null : (
                <UserText className={classes.route} most={60}>
                  {item.routes.find(({ name }) => name === entry.route)?.label ?? entry.route}
                </UserText>
              )}
              <span className={classes.when}>
                <Time ms={entry.atMs} />
              </span>
            </div>
            {entry.text === '' ? null : <ClampedText>{entry.text}</ClampedText>}
          </li>
        ))}
      </ol>
    </section>
  )
}
