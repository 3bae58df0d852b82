import type { WorkItem } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../data/use-data.ts'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Due } from '../../parts/time/Due.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './ItemAside.module.css'

/** The margin of a wide page: what was, what is, what may come; until when; and who else can act. */
export const ItemAside = ({ item }: { readonly item: WorkItem }) => {
  const { t } = useTranslation()
  const me = useMe()
  const { done, next } = item.place
  const leadsToEnd = [item.follows ?? [], ...item.routes.map(({ follows }) => follows ?? [])].flat().some(({ kind }) => kind === 'end')
  const others = item.candidates.filter((principal) => principal !== `user:${me.user}`)
  return (
    <aside className={classes.aside} aria-label={t('aside.title')}>
      {item.dueAtMs === undefined || item.status !== 'open' ? null : (
        <section>
          <h2>{t('aside.due')}</h2>
          <Due ms={item.dueAtMs} />
        </section>
      )}
      <section>
        <h2>{t('aside.steps')}</h2>
        <ol className={classes.strip}>
          {done.map(({ node, title, step, by, atMs }) => (
            <li key={step} data-state="done" data-node={node}>
              <StatusMark mark="completed" size={10} />
              <span>
                <UserText>{title}</UserText>
                {by === undefined ? null : (
                  <span className={classes.by}>
                    <PersonName principal={by} />, <Time ms={atMs} />
                  </span>
                )}
              </span>
            </li>
          ))}
          <li data-state="here" aria-current="step">
            <StatusMark mark={item.status === 'done' ? 'completed' : item.status === 'suspended' ? 'suspended' : 'person'} size={12} />
            <UserText>{item.place.here.title}</UserText>
          </li>
          {next.map(({ node, title }) => (
            <li key={node} data-state="next">
              <span className={classes.dot} aria-hidden="true" />
              <UserText>{title}</UserText>
            </li>
          ))}
          {leadsToEnd ? (
            <li data-state="next">
              <span className={classes.dot} aria-hidden="true" />
              {t('aside.end')}
            </li>
          ) : null}
        </ol>
      </section>
      {item.status === 'open' && others.length > 0 ? (
        <section>
          <h2>{item.assignee === me.user ? t('aside.couldAct') : t('aside.canAct')}</h2>
          <ul className={classes.people}>
            {others.map((principal) => (
              <li key={principal}>
                <PersonName principal={principal} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {item.excluded.length > 0 ? (
        <section>
          <h2>{t('aside.cannotAct')}</h2>
          <ul className={classes.people}>
            {item.excluded.map(({ user, reason }) => (
              <li key={user}>
                <PersonName principal={`user:${user}`} />: <UserText>{reason}</UserText>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </aside>
  )
}
