import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useData } from '../../data/use-data.ts'
import { BrandMark } from './Brand.tsx'
import classes from './ServerAway.module.css'

const AGAIN_MS = 2_000

/** The page came from the browser's cache, or the server went away in that moment: who is here is not known yet. Asks until it answers. */
export const ServerAway = () => {
  const { t } = useTranslation()
  const { begin } = useData()
  useEffect(() => {
    const timer = setInterval(() => void begin().catch(() => {}), AGAIN_MS)
    return () => clearInterval(timer)
  }, [begin])
  return (
    <main className={classes.root}>
      <BrandMark size={32} />
      <h1>{t('connection.waiting')}</h1>
      <p>{t('connection.waitingText')}</p>
    </main>
  )
}
