import type { HistoryEntry, Instance } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateOnly } from '../../../app/time/format.ts'
import { useTimeStyle } from '../../../app/time/use-time-style.ts'
import { versionOne } from '../../../data/queries/versions.ts'
import { useData } from '../../../data/use-data.ts'
import { Button } from '../../../parts/button/Button.tsx'
import { ErrorNotice } from '../../../parts/notice/ErrorNotice.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import { nodesOf } from '../action/nodes-of.ts'
import { useFacts } from '../use-facts.ts'
import { FactList } from './FactList.tsx'
import classes from './HistoryTab.module.css'

/** Facts put on the page at once; more on demand. */
const FIRST = 200

/** Everything that happened, newest first: when, what, who and on whose behalf. */
export const HistoryTab = ({ instance }: { readonly instance: Instance }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const style = useTimeStyle()
  const history = useFacts(instance.id)
  const [shown, setShown] = useState(FIRST)
  const [onlyPeople, setOnlyPeople] = useState(false)
  const version = useQuery({ ...versionOne(client, instance.workflow, instance.version), enabled: instance.kind === 'graph' })
  const titles = useMemo(() => new Map(nodesOf(version.data?.model ?? {}).map(({ id, title }) => [id, title])), [version.data])
  const { facts } = history
  if (facts === undefined)
    return history.error === undefined ? (
      <Skeleton lines={['60%', '70%', '55%', '65%']} height={14} />
    ) : (
      <ErrorNotice error={history.error} retry={history.retry} />
    )
  const wanted = (onlyPeople ? facts.filter(({ by }) => by !== undefined) : facts).toReversed()
  const days = byDay(wanted.slice(0, shown), (ms) => dateOnly(ms, style))
  const isMore = wanted.length > shown || history.hasEarlier
  return (
    <div className={classes.history}>
      <label className={classes.only}>
        <input type="checkbox" checked={onlyPeople} onChange={(event) => setOnlyPeople(event.currentTarget.checked)} />
        <span>{t('history.onlyPeople')}</span>
      </label>
      {history.error === undefined ? null : <ErrorNotice error={history.error} retry={history.retry} />}
      {days.map(({ day, facts: ofDay }) => (
        <section key={`${day} ${ofDay[0]?.seq}`}>
          <h2 className={classes.day}>{day}</h2>
          <FactList facts={ofDay} titleOf={(node) => titles.get(node) ?? node} />
        </section>
      ))}
      {wanted.length === 0 ? <p className={classes.none}>{t('history.none')}</p> : null}
      {isMore ? (
        <Button
          isBusy={history.isReadingEarlier}
          onClick={() => {
            setShown(shown + FIRST)
            if (wanted.length <= shown + FIRST && history.hasEarlier) void history.readEarlier()
          }}
        >
          {t('history.earlier')}
        </Button>
      ) : null}
    </div>
  )
}

const byDay = (facts: readonly HistoryEntry[], dayOf: (ms: number) => string) => {
  const days: { day: string; facts: HistoryEntry[] }[] = []
  for (const fact of facts) {
    const day = dayOf(fact.atMs)
    const last = days.at(-1)
    if (last?.day === day) last.facts.push(fact)
    else days.push({ day, facts: [fact] })
  }
  return days
}
