import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useInboxCounts } from '../../data/queries/inbox.ts'
import { useMe } from '../../data/use-data.ts'
import { Icon } from '../../parts/icon/Icon.tsx'
import { rightsOf } from '../rights.ts'
import { Brand } from './Brand.tsx'
import classes from './Rail.module.css'
import { RAIL_ITEMS, type RailItem } from './rail-items.ts'

const GROUPS = ['work', 'operate', 'administer'] as const

/** The places of the console at the left: words from 1100 px, icons from 720, on a phone behind the menu. */
export const Rail = () => {
  const { t } = useTranslation()
  return (
    <nav className={classes.rail} aria-label={t('frame.places')}>
      <Brand />
      <RailLinks />
    </nav>
  )
}

export const RailLinks = ({ onFollow }: { readonly onFollow?: () => void }) => {
  const { t } = useTranslation()
  const rights = rightsOf(useMe())
  const items = RAIL_ITEMS.filter(({ isFor }) => isFor(rights))
  return GROUPS.map((group) => {
    const places = items.filter((item) => item.group === group)
    if (places.length === 0) return null
    return (
      <div key={group} className={classes.group}>
        {group === 'work' ? null : <div className={classes.heading}>{t(`rail.${group}`)}</div>}
        <ul>
          {places.map((item) => (
            <li key={item.to}>
              <RailLink item={item} onFollow={onFollow} />
            </li>
          ))}
        </ul>
      </div>
    )
  })
}

const RailLink = ({ item, onFollow }: { readonly item: RailItem; readonly onFollow: (() => void) | undefined }) => {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const base = item.to.replace('/$view', '')
  const isHere =
    base === '/'
      ? pathname === '/'
      : pathname === base || pathname.startsWith(`${base}/`) || (base === '/workflows' && pathname.startsWith('/models/'))
  const text = t(`rail.${item.text}`)
  return (
    <Link
      to={item.to}
      // Only the inbox's path takes a parameter; the others ignore it.
      params={{ view: 'open' }}
      className={classes.link ?? ''}
      title={text}
      {...(isHere ? { 'aria-current': 'page' as const } : {})}
      {...(onFollow === undefined ? {} : { onClick: onFollow })}
    >
      <Icon name={item.icon} />
      <span className={classes.word}>{text}</span>
      {item.text === 'inbox' ? <InboxCount /> : null}
    </Link>
  )
}

const InboxCount = () => {
  const { t } = useTranslation()
  const counts = useInboxCounts()
  if (counts === undefined) return null
  const open = counts.mine + counts.groups
  if (open === 0) return null
  return (
    <span
      className={classes.count}
      data-late={counts.late > 0 || undefined}
      title={counts.late > 0 ? t('rail.late', { count: counts.late }) : undefined}
    >
      {open > 999 ? '999+' : open}
      <span className="mr-unseen"> {t('rail.open')}</span>
    </span>
  )
}
