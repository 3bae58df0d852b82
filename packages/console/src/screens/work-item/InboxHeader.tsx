import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rightsOf } from '../../app/rights.ts'
import { useInboxCounts } from '../../data/queries/inbox.ts'
import { useWorkflows } from '../../data/queries/workflows.ts'
import { useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button } from '../../parts/button/Button.tsx'
import { Chip } from '../../parts/chip/Chip.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { TabLinks } from '../../parts/tabs/TabLinks.tsx'
import { Time } from '../../parts/time/Time.tsx'
import classes from './InboxHeader.module.css'
import { type InboxChange, type InboxSearch, type InboxSort, type InboxView, SORTS, VIEWS } from './inbox-search.ts'

export interface InboxHeaderProps {
  readonly view: InboxView
  readonly search: InboxSearch
  readonly change: (part: InboxChange) => void
  /** New rows behind the button. */
  readonly waiting: number
  readonly showNew: () => void
}

/** Views with their true counts; search, filters and order, all in the address. */
export const InboxHeader = ({ view, search, change, waiting, showNew }: InboxHeaderProps) => {
  const { t } = useTranslation()
  const counts = useInboxCounts()
  const { operates } = rightsOf(useMe())
  const workflows = useWorkflows()
  const countOf = (each: InboxView): number | undefined => {
    if (counts === undefined || each === 'all') return undefined
    return each === 'open' ? counts.mine + counts.groups : counts[each]
  }
  const isBetween = search.createdFrom !== undefined || search.createdTo !== undefined
  const chosen = workflows?.find(({ id }) => id === search.workflow)
  return (
    <div className={classes.header}>
      <TabLinks label={t('inbox.views')}>
        {VIEWS.filter((each) => each !== 'all' || operates).map((each) => (
          <Link
            key={each}
            to="/inbox/$view"
            params={{ view: each }}
            search={withoutItem(search)}
            aria-current={each === view ? 'page' : undefined}
          >
            {t(`inbox.view.${each}`)}
            {countOf(each) === undefined ? null : <span className={classes.count}>{countOf(each)}</span>}
          </Link>
        ))}
      </TabLinks>
      <div className={classes.tools}>
        <SearchField value={search.search ?? ''} onChange={(text) => change({ search: text === '' ? undefined : text })} />
        <select
          className={classes.select}
          aria-label={t('inbox.workflow')}
          value={search.workflow ?? ''}
          onChange={(event) => change({ workflow: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        >
          <option value="">{t('inbox.anyWorkflow')}</option>
          {search.workflow !== undefined && chosen === undefined ? <option value={search.workflow}>{search.workflow}</option> : null}
          {workflows?.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <select
          className={classes.select}
          aria-label={t('inbox.sort')}
          value={search.by === undefined ? (search.sort ?? '') : 'by'}
          onChange={(event) => {
            const { value } = event.currentTarget
            change(
              value === 'by'
                ? { by: 'workflow', sort: undefined }
                : { by: undefined, sort: value === '' ? undefined : (value as InboxSort) },
            )
          }}
        >
          <option value="">{t('inbox.order.default')}</option>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`inbox.order.${sort}`)}
            </option>
          ))}
          <option value="by">{t('inbox.order.byWorkflow')}</option>
        </select>
      </div>
      {search.instance !== undefined || search.trouble !== undefined || isBetween || waiting > 0 ? (
        <div className={classes.chips}>
          {search.instance === undefined ? null : (
            <Chip onRemove={() => change({ instance: undefined })} removeLabel={t('inbox.dropFilter')}>
              {t('inbox.ofInstance', { id: search.instance.slice(-8) })}
            </Chip>
          )}
          {search.trouble === undefined ? null : (
            <Chip onRemove={() => change({ trouble: undefined })} removeLabel={t('inbox.dropFilter')}>
              {t(`inbox.trouble.${search.trouble}`)}
            </Chip>
          )}
          {isBetween ? (
            <Chip onRemove={() => change({ createdFrom: undefined, createdTo: undefined })} removeLabel={t('inbox.dropFilter')}>
              <Opened from={search.createdFrom} to={search.createdTo} />
            </Chip>
          ) : null}
          {waiting > 0 ? (
            <Button size="small" onClick={showNew} aria-keyshortcuts=".">
              {t('inbox.new', { count: waiting })} <KeyHint keys="." />
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

/** When the items of the list were opened. */
const Opened = ({ from, to }: { readonly from: string | undefined; readonly to: string | undefined }) => {
  const { t } = useTranslation()
  const key = from === undefined ? 'before' : to === undefined ? 'since' : 'between'
  const time = (text: string | undefined) => (text === undefined ? null : <Time ms={Date.parse(text)} />)
  return <Sentence text={t(`inbox.opened.${key}`, places('from', 'to'))} parts={{ from: time(from), to: time(to) }} />
}

const withoutItem = ({ item: _item, ...kept }: InboxSearch): InboxSearch => kept

/** Typing must not write a step of history, nor ask the server, for every letter. */
const TYPED_MS = 250

const SearchField = ({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  // The address changed by another hand (back, a link): it says what is searched.
  if (value !== known) {
    setKnown(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === known) return
    const timer = setTimeout(() => {
      setKnown(typed)
      onChange(typed)
    }, TYPED_MS)
    return () => clearTimeout(timer)
  })
  return (
    <label className={classes.search}>
      <Icon name="search" size={14} />
      <span className="mr-unseen">{t('inbox.search')}</span>
      <input
        id="inbox-search"
        type="search"
        placeholder={t('inbox.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </label>
  )
}
