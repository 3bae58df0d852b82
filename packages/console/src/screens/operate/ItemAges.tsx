import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { itemAges } from '../../data/queries/metrics.ts'
import { useWorkflows } from '../../data/queries/workflows.ts'
import { useData } from '../../data/use-data.ts'
import type { BarLink, ChartColumn, ChartSeries } from '../../parts/chart/chart.ts'
import { LazyBarChart } from '../../parts/chart/LazyBarChart.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Section } from '../../parts/page/Page.tsx'
import { useSpanText } from '../../parts/time/Time.tsx'
import { agesSearch } from './chart-search.ts'
import classes from './OperatePage.module.css'

/** All workflows together: what the bars show; the table has them one by one. */
const ALL = ''

/** How long open work items have been open; each bar opens the inbox with exactly those. */
export const ItemAges = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { data, error, refetch } = useQuery(itemAges(client))
  const spanText = useSpanText()
  const workflows = useWorkflows()
  const columns = useMemo(
    () =>
      (data?.ages ?? []).map(({ fromMs, toMs }): ChartColumn => {
        const label =
          toMs === undefined
            ? t('operate.age.over', { from: spanText(fromMs) })
            : t(fromMs === 0 ? 'operate.age.under' : 'operate.age.between', { from: spanText(fromMs), to: spanText(toMs) })
        return { label, title: label }
      }),
    [data?.ages, t, spanText],
  )
  const all = useMemo((): ChartSeries | undefined => {
    if (data === undefined) return undefined
    const values = data.ages.map((_, age) => data.workflows.reduce((sum, { counts }) => sum + (counts[age] ?? 0), 0))
    return { id: ALL, name: t('operate.items'), tone: 'person', fill: 'hatched', values }
  }, [data, t])
  const stacks = useMemo(() => (all === undefined ? [] : [[all]]), [all])
  const titles = new Map(workflows?.map(({ id, title }) => [id, title]))
  const link: BarLink = ({ series, column }, props) => {
    const age = data?.ages[column]
    if (data === undefined || age === undefined) return undefined
    return (
      <Link
        to="/inbox/$view"
        params={{ view: 'all' }}
        search={agesSearch(age, { atMs: data.atMs, ...(series === ALL ? {} : { workflow: series }) })}
        {...props}
      />
    )
  }
  return (
    <Section title={t('operate.ages')}>
      {data === undefined || all === undefined ? (
        error === null ? (
          <div className={classes.chart} />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : data.workflows.length === 0 ? (
        <p className={classes.none}>{t('operate.agesNone')}</p>
      ) : (
        <LazyBarChart
          label={t('operate.ages')}
          columns={columns}
          stacks={stacks}
          link={link}
          table={[
            ...data.workflows.map(
              ({ workflow, counts }): ChartSeries => ({ ...all, id: workflow, name: titles.get(workflow) ?? workflow, values: counts }),
            ),
            ...(data.workflows.length === 1 ? [] : [all]),
          ]}
        />
      )}
    </Section>
  )
}
