import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCell } from '../../data/cell.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { clockTime } from '../time/format.ts'
import { useTimeStyle } from '../time/use-time-style.ts'
import classes from './ConnectionBar.module.css'

/** A lost second is not worth a word: mended lines should not flash. */
const PATIENCE_MS = 2_500

/** Says on every page when the server is away or its disk is full, and goes when that is over. */
export const ConnectionBar = () => {
  const { t } = useTranslation()
  const { connection, client } = useData()
  const style = useTimeStyle()
  const { state, sinceMs, isReadOnly, isLive } = useCell(connection)
  const isAway = state === 'lost' || !isLive
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isAway) return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [isAway])

  if (isAway && isShown)
    return (
      <div className={classes.bar} data-tone="warning" role="status">
        <StatusMark mark="stale" word={t('connection.away')} />
        <span className={classes.text}>
          {state === 'lost' ? t('connection.lost', { time: clockTime(sinceMs, style) }) : t('connection.notLive')}
        </span>
        <Button size="small" onClick={() => void client.me.get().catch(() => {})}>
          {t('connection.tryNow')}
        </Button>
      </div>
    )
  if (isReadOnly)
    return (
      <div className={classes.bar} data-tone="error" role="alert">
        <StatusMark mark="incident" />
        <span className={classes.text}>{t('error.storeFull')}</span>
      </div>
    )
  return null
}
