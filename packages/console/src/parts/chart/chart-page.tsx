/** What chart.browser.test.ts opens: two charts in a page of their own. */
import '../../app/theme/tokens.css'
import '../../app/theme/base.css'
import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { shared } from '../../i18n/en/shared.ts'
import { BarChart } from './BarChart.tsx'
import { ages, busyDays, days, incidents, items, place } from './chart.fixture.tsx'

await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: shared } } })
const root = document.createElement('main')
document.body.append(root)
createRoot(root).render(
  <>
    <h1>Charts</h1>
    <BarChart label="Ages" columns={ages} stacks={[[items]]} link={place} />
    <BarChart label="Days" columns={days} stacks={busyDays} marks={[incidents]} link={place} />
  </>,
)
