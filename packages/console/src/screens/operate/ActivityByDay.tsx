import type { Series } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../app/time/use-now.ts'
import { useTimeStyle } from '../../app/time/use-time-style.ts'
import { zoneOffsetMinutes } from '../../app/time/zone-offset.ts'
import { activityByDay } from '../../data/queries/metrics.ts'
import { useData } from '../../data/use-data.ts'
import type { BarLink, ChartColumn, ChartSeries, ChartTone } from '../../parts/chart/chart.ts'
import { LazyBarChart } from '../../parts/chart/LazyBarChart.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Section } from '../../parts/page/Page.tsx'
import { daySearch } from './chart-search.ts'
import classes from './OperatePage.module.css'

const LOOKS = {
  started: { tone: 'running', fill: 'outlined' },
  completed: { tone: 'completed', fill: 'solid' },
  failed: { tone: 'incident', fill: 'hatched' },
  aborted: { tone: 'muted', fill: 'outlined' },
  incidents: { tone: 'incident', fill: 'solid' },
} as const satisfies { readonly [count: string]: { readonly tone: ChartTone; readonly fill: ChartSeries['fill'] } }

type Count = keyof typeof LOOKS

/** Starts, ends and incidents of the last two weeks, by days of the reader's zone: of one workflow, or of all. */
export const ActivityByDay = ({ workflow }: { readonly workflow?: string }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const style = useTimeStyle()
  const offsetMinutes = zoneOffsetMinutes(style.zone, useNow())
  const { data, error, refetch } = useQuery(activityByDay(client, { offsetMinutes, ...(workflow === undefined ? {} : { workflow }) }))
  const columns = useMemo(() => (data === undefined ? [] : columnsOf(data, style.language)), [data, style.language])
  const { stacks, marks } = useMemo(() => {
    const series = (count: Count): ChartSeries => ({
      id: count,
      name: t(`operate.series.${count}`),
      ...LOOKS[count],
      values: data === undefined ? [] : sumOf(data, count),
    })
    return { stacks: [[series('started')], [series('completed'), series('failed'), series('aborted')]], marks: [series('incidents')] }
  }, [data, t])
  const link: BarLink = ({ series, column }, props) => {
    const fromMs = data?.buckets[column]
    if (data === undefined || fromMs === undefined || !isListed(series)) return undefined
    return <Link to="/instances" search={daySearch(series, { fromMs, toMs: fromMs + data.bucketMs, workflow })} {...props} />
  }
  return (
    <Section title={t('operate.days')}>
      {data === undefined ? (
        error === null ? (
          <div className={classes.chart} />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : data.workflows.length === 0 ? (
        <p className={classes.none}>{t('operate.daysNone')}</p>
      ) : (
        <LazyBarChart label={t('operate.days')} columns={columns} stacks={stacks} marks={marks} link={link} />
      )}
    </Section>
  )
}

const isListed = (count: string): count is Exclude<Count, 'incidents'> => count in LOOKS && count !== 'incidents'

/** All workflows of the answer together; null where nothing was counted yet. */
const sumOf = ({ buckets, workflows }: Series, count: Count): readonly (number | null)[] =>
  buckets.map((_, at) =>
    workflows.reduce<number | null>((sum, { [count]: values }) => {
      const value = values[at] ?? null
      return value === null ? sum : (sum ?? 0) + value
    }, null),
  )

/** The date of a day is that of its zone at its begin, also where clocks changed since: the server cut days by one distance from UTC. */
const columnsOf = ({ buckets, offsetMinutes }: Series, language: string): readonly ChartColumn[] => {
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  return buckets.map((ms) => {
    const there = ms + offsetMinutes * 60_000
    return { label: short.format(there), title: long.format(there) }
  })
}
