import { useTranslation } from 'react-i18next'
import { UserText } from '../user-text/UserText.tsx'
import classes from './BarChart.module.css'
import type { BarLink, ChartColumn, ChartSeries } from './chart.ts'
import { useWords } from './words.ts'

/** The numbers of a chart: a row per series, each number the same link as its bar. */
export const ChartTable = ({
  label,
  columns,
  rows,
  link,
}: {
  readonly label: string
  readonly columns: readonly ChartColumn[]
  readonly rows: readonly ChartSeries[]
  readonly link: BarLink
}) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const cell = (series: string, column: number, value: number | null | undefined) => {
    if (value === null || value === undefined)
      return (
        <span className={classes.none} title={t('unknown')}>
          <span aria-hidden="true">–</span>
          <span className="mr-unseen">{t('unknown')}</span>
        </span>
      )
    if (value === 0) return <span className={classes.none}>0</span>
    return link({ series, column }, { className: '', children: number.format(value) }) ?? number.format(value)
  }
  return (
    <div className={classes.scroller}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <td />
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, values }) => (
            <tr key={id}>
              <th scope="row">
                <UserText>{name}</UserText>
              </th>
              {columns.map(({ title }, column) => (
                <td key={title}>{cell(id, column, values[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
