import type { Why, WorkItem } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { ClampedText } from '../../parts/user-text/ClampedText.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { WhyLine } from '../../parts/why-line/WhyLine.tsx'
import classes from './ItemHead.module.css'

/** Where the item stands, what it is, since when, and why it waits. */
export const ItemHead = ({ item }: { readonly item: WorkItem }) => {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <header className={classes.head}>
      <nav className={classes.crumbs} aria-label={t('item.crumbs')}>
        <UserText className={classes.crumb}>{item.workflowTitle}</UserText>
        <span aria-hidden="true">›</span>
        <Link to="/instances/$id" params={{ id: item.instance }} className={classes.crumb}>
          <UserText>{item.instanceTitle}</UserText>
        </Link>
      </nav>
      <ClampedText as="h1" id="item" lines={3} className={classes.title}>
        {item.title}
      </ClampedText>
      <p className={classes.meta}>
        {t('item.version', { version: item.workflowVersion })}
        {' · '}
        {item.initiator === me.user ? (
          t('item.startedByYou')
        ) : (
          <Sentence text={t('item.startedBy', places('name'))} parts={{ name: <PersonName principal={item.initiator} /> }} />
        )}
        {' · '}
        <Sentence text={t('item.since', places('time'))} parts={{ time: <Time ms={item.createdAtMs} /> }} />
      </p>
      {item.status === 'open' ? (
        <p className={classes.why}>
          <StatusMark mark="person" />
          <span>
            <WhyLine why={whyOf(item)} isPlain isHere />
          </span>
        </p>
      ) : null}
    </header>
  )
}

/** The same sentence as of the instance, from what the item says itself. */
const whyOf = (item: WorkItem): Why => ({
  code: 'PERSON',
  params: { item: item.title },
  sinceMs: item.createdAtMs,
  ...(item.dueAtMs === undefined ? {} : { nextAtMs: item.dueAtMs }),
  blockers: [],
  who: item.assignee === undefined ? item.candidates : [`user:${item.assignee}`],
  more: 0,
})
