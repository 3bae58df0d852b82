/** What graph.browser.test.ts opens: one graph of `?nodes=`, as large as the window, in a production build. */
import '../../../app/theme/tokens.css'
import '../../../app/theme/base.css'
import i18next from 'i18next'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { shared } from '../../../i18n/en/shared.ts'
import { GraphView } from '../GraphView.tsx'
import { NOTHING_LIVE } from '../live.ts'
import { benchGraph } from './bench-graph.ts'
import classes from './bench-page.module.css'

declare global {
  interface Window {
    /** Milliseconds from the first render to the first frame that shows nodes. */
    firstPaintMs?: number
  }
}

const Page = ({ count }: { readonly count: number }) => {
  const [graph] = useState(() => benchGraph(count))
  const [live] = useState(() => ({ ...NOTHING_LIVE, tokens: new Map([['review3', [{ mark: 'person' as const, count: 1 }]]]) }))
  return (
    <div className={classes.page}>
      <GraphView graph={graph} title="Bench" live={live} />
    </div>
  )
}

await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: shared } } })
const root = document.createElement('div')
document.body.append(root)
const beganMs = performance.now()
createRoot(root).render(<Page count={Number(new URLSearchParams(location.search).get('nodes') ?? 500)} />)

const look = () => {
  if (document.querySelector('.react-flow__node') === null) requestAnimationFrame(look)
  // The frame after the one in which it was found has been painted.
  else
    requestAnimationFrame(() => {
      window.firstPaintMs = performance.now() - beganMs
    })
}
requestAnimationFrame(look)
