import type { RouteChoice } from '@millrace/protocol'
import { useQueries } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { workItemOne } from '../../data/queries/inbox.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './BulkBar.module.css'
import { commonRoutes } from './common-routes.ts'
import { MOST_AT_ONCE, useBulk } from './use-bulk.ts'

const DelegateDialog = lazy(async () => ({ default: (await import('./DelegateDialog.tsx')).DelegateDialog }))

export interface BulkBarProps {
  readonly ids: readonly string[]
  readonly onClear: () => void
  /** These went through and are chosen no more. */
  readonly onDone: (ids: readonly string[]) => void
}

/** One decision for many items: the routes that all of them have, with what became of each. */
export const BulkBar = ({ ids, onClear, onDone }: BulkBarProps) => {
  const { t } = useTranslation()
  const { client } = useData()
  const [armed, setArmed] = useState<string>()
  const [isDelegating, setDelegating] = useState(false)
  const bulk = useBulk(onDone)
  const answers = useQueries({ queries: ids.slice(0, MOST_AT_ONCE).map((id) => workItemOne(client, id)) })
  const items = answers.flatMap(({ data }) => (data === undefined ? [] : [data]))
  const isReading = answers.some(({ isPending, isError }) => isPending && !isError)
  const routes = isReading ? [] : commonRoutes(items)
  const decidable = items.filter((item) => item.can.includes('complete'))
  const claimable = items.filter((item) => item.can.includes('claim'))
  const delegable = items.filter((item) => item.can.includes('delegate'))

  const press = (route: RouteChoice) => {
    if (armed !== route.name) return setArmed(route.name)
    setArmed(undefined)
    void bulk.run(decidable, { action: 'complete', ...(route.name === '' ? {} : { route: route.name }) })
  }
  const problems = bulk.problem === undefined ? bulk.refused : []
  return (
    <div className={classes.bar} role="group" aria-label={t('bulk.title')}>
      {bulk.problem === undefined && problems.length === 0 ? null : (
        <div className={classes.failed} role="alert">
          {bulk.problem}
          <ul>
            {problems.map(({ id, title, message }) => (
              <li key={id}>
                <UserText>{title}</UserText>: {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={classes.line}>
        <span className={classes.count} role="status">
          {t('bulk.chosen', { count: ids.length })}
        </span>
        <Button look="quiet" size="small" isIcon aria-label={t('bulk.clear')} onClick={onClear}>
          <Icon name="close" size={12} />
        </Button>
        <span className={classes.space} />
        {routes.map((route) => {
          const label = route.label === '' ? t('item.done') : route.label
          return (
            <Button
              key={route.name}
              size="small"
              look={armed === route.name && route.style !== 'danger' ? 'primary' : route.style === 'danger' ? 'danger' : 'default'}
              isBusy={bulk.isBusy}
              onClick={() => press(route)}
            >
              {armed === route.name ? t('bulk.confirm', { route: label, count: decidable.length }) : label}
            </Button>
          )
        })}
        {claimable.length > 0 && armed === undefined ? (
          <Button size="small" isBusy={bulk.isBusy} onClick={() => void bulk.run(claimable, { action: 'claim' })}>
            {t('item.claim')}
          </Button>
        ) : null}
        {delegable.length > 0 && armed === undefined ? (
          <Button size="small" isBusy={bulk.isBusy} onClick={() => setDelegating(true)}>
            {t('item.delegate')}
          </Button>
        ) : null}
      </div>
      {!isReading && decidable.length > 0 && decidable.length < items.length ? (
        <p className={classes.hint}>{t('bulk.notYours', { count: items.length - decidable.length })}</p>
      ) : null}
      {routes.length === 0 && !isReading ? <p className={classes.hint}>{t('bulk.noRoute')}</p> : null}
      {ids.length > MOST_AT_ONCE ? <p className={classes.hint}>{t('bulk.most', { count: MOST_AT_ONCE })}</p> : null}
      {isDelegating ? (
        <Suspense fallback={null}>
          <DelegateDialog
            of="selection"
            hint={t('delegate.hintMany', { count: delegable.length })}
            isBusy={bulk.isBusy}
            problem={bulk.problem}
            onDelegate={async (to, comment) => {
              await bulk.run(delegable, { action: 'delegate', to, ...(comment === '' ? {} : { comment }) })
              // What was refused stands in the bar; the dialog has done its part.
              return true
            }}
            onClose={() => setDelegating(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
