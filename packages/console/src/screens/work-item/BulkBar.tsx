import { MillraceError } from '@millrace/client'
import type { RouteChoice, WorkItem } from '@millrace/protocol'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { workItemOne } from '../../data/queries/inbox.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './BulkBar.module.css'
import { commonRoutes } from './common-routes.ts'
import { decidedByMe, notMineAfterAll } from './decided.ts'

export interface BulkBarProps {
  readonly ids: readonly string[]
  readonly onClear: () => void
  /** These went through and are chosen no more. */
  readonly onDone: (ids: readonly string[]) => void
}

/** Items decided at the same time: enough to be quick, few enough to stop. */
const AT_ONCE = 4
/** More than this nobody has looked at. */
const MOST_READ = 200

interface Failed {
  readonly id: string
  readonly title: string
  readonly message: string
}

/** One decision for many items: the routes that all of them have, with what became of each. */
export const BulkBar = ({ ids, onClear, onDone }: BulkBarProps) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const [armed, setArmed] = useState<string>()
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number }>()
  const [failed, setFailed] = useState<readonly Failed[]>([])
  const answers = useQueries({ queries: ids.slice(0, MOST_READ).map((id) => workItemOne(client, id)) })
  const items = answers.flatMap(({ data }) => (data === undefined ? [] : [data]))
  const isReading = answers.some(({ isPending, isError }) => isPending && !isError)
  const routes = isReading ? [] : commonRoutes(items)
  const decidable = items.filter((item) => item.can.includes('complete'))
  const mayClaim = items.filter((item) => item.can.includes('claim'))

  const run = async (targets: readonly WorkItem[], leaves: boolean, send: (item: WorkItem) => Promise<unknown>) => {
    setArmed(undefined)
    setFailed([])
    setProgress({ done: 0, of: targets.length })
    const wrong: Failed[] = []
    const right: string[] = []
    const left = [...targets]
    const work = async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        if (leaves) decidedByMe(item.id, true)
        try {
          await send(item)
          right.push(item.id)
          wrote('work-item', item.id, ['status', 'assignee'])
        } catch (error) {
          if (leaves) notMineAfterAll(item.id)
          wrong.push({ id: item.id, title: item.title, message: errorText(error) })
          // Nobody answers: the rest would fail the same way.
          if (error instanceof MillraceError && error.code === 'UNREACHABLE') left.length = 0
        }
        setProgress({ done: right.length + wrong.length, of: targets.length })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    setProgress(undefined)
    setFailed(wrong)
    onDone(right)
  }

  const press = (route: RouteChoice) => {
    if (armed !== route.name) return setArmed(route.name)
    void run(decidable, true, (item) =>
      client.workItems.complete(item.id, { version: item.version, ...(item.routes.length === 0 ? {} : { route: route.name }) }),
    )
  }
  return (
    <div className={classes.bar} role="group" aria-label={t('bulk.title')}>
      {failed.length === 0 ? null : (
        <ul className={classes.failed} role="alert">
          {failed.map(({ id, title, message }) => (
            <li key={id}>
              <UserText>{title}</UserText>: {message}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.line}>
        <span className={classes.count} role="status">
          {progress === undefined ? t('bulk.chosen', { count: ids.length }) : t('bulk.progress', progress)}
        </span>
        <Button look="quiet" size="small" isIcon aria-label={t('bulk.clear')} onClick={onClear}>
          <Icon name="close" size={12} />
        </Button>
        <span className={classes.space} />
        {routes.map((route) => (
          <Button
            key={route.name}
            size="small"
            look={
              armed === route.name ? (route.style === 'danger' ? 'danger' : 'primary') : route.style === 'danger' ? 'danger' : 'default'
            }
            isBusy={progress !== undefined}
            onClick={() => press(route)}
          >
            {armed === route.name
              ? t('bulk.confirm', { route: route.label || t('item.done'), count: decidable.length })
              : route.label || t('item.done')}
          </Button>
        ))}
        {mayClaim.length > 0 ? (
          <Button
            size="small"
            isBusy={progress !== undefined}
            onClick={() => void run(mayClaim, false, (item) => client.workItems.claim(item.id, { version: item.version }))}
          >
            {t('item.claim')}
          </Button>
        ) : null}
      </div>
      {!isReading && decidable.length > 0 && decidable.length < items.length ? (
        <p className={classes.hint}>{t('bulk.notYours', { count: items.length - decidable.length })}</p>
      ) : null}
      {routes.length === 0 && !isReading ? <p className={classes.hint}>{t('bulk.noRoute')}</p> : null}
    </div>
  )
}
