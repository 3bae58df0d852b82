/** What timeline.browser.test.ts opens: ten thousand rows in a window of its own. */
import '../../app/theme/tokens.css'
import '../../app/theme/base.css'
import i18next from 'i18next'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { shared } from '../../i18n/en/shared.ts'
import classes from './bench-page.module.css'
import { Timeline } from './Timeline.tsx'
import type { TimeWindow } from './time-scale.ts'
import { manyRows } from './timeline.fixture.ts'

const rows = manyRows(10_000, 0)
const whole = { fromMs: 0, toMs: 10_000_000 }

const Page = () => {
  const [window, setWindow] = useState<TimeWindow>()
  const [selected, setSelected] = useState<number>()
  return (
    <div className={classes.page}>
      <Timeline
        title="Loop"
        rows={rows}
        whole={whole}
        nowMs={whole.toMs}
        window={window}
        onWindow={setWindow}
        selected={selected}
        onSelect={setSelected}
      />
    </div>
  )
}

await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: shared } } })
const root = document.createElement('div')
document.body.append(root)
createRoot(root).render(<Page />)
