import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useInstanceCounts } from '../../data/queries/instances.ts'
import { Page, Section } from '../../parts/page/Page.tsx'
import { countOfTab, TABS } from '../instance/instances-search.ts'
import { ActivityByDay } from './ActivityByDay.tsx'
import { ItemAges } from './ItemAges.tsx'
import { OperateLines } from './OperateLines.tsx'
import classes from './OperatePage.module.css'

/** What an operator sees in five seconds: what is stuck, why, and how much there is of everything. */
export const OperatePage = () => {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const counts = useInstanceCounts()
  return (
    <Page title={t('rail.operate')}>
      <Section title={t('operate.stuck')}>
        <OperateLines />
      </Section>
      <Section title={t('rail.instances')}>
        <ul className={classes.counts}>
          {TABS.map((tab) => (
            <li key={tab}>
              <Link to="/instances" search={{ tab }} className={classes.count ?? ''}>
                <span className={classes.number}>{counts === undefined ? '–' : number.format(countOfTab(tab, counts))}</span>
                <span>{t(`instances.tab.${tab}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <div className={classes.charts}>
        <div>
          <ItemAges />
        </div>
        <div>
          <ActivityByDay />
        </div>
      </div>
    </Page>
  )
}
