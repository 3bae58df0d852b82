import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useData } from '../../data/use-data.ts'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { mayReload } from './not-fetched.ts'

const AGAIN_MS = 2_000

/** A page that could not be fetched: it is, by itself, once the server answers. The server is asked first, for a browser has no way back from a reload that failed. */
export const PageAway = () => {
  const { t } = useTranslation()
  const { client } = useData()
  useEffect(() => {
    let isGone = false
    const ask = async () => {
      try {
        await client.me.get()
      } catch {
        return
      }
      if (!isGone && mayReload(Date.now(), sessionStorage)) location.reload()
    }
    void ask()
    const timer = setInterval(() => void ask(), AGAIN_MS)
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [client])
  return <EmptyState title={t('error.notFetched')}>{t('connection.waitingText')}</EmptyState>
}
