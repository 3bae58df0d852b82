import { MillraceError } from '@millrace/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { workItemOne } from '../../data/queries/inbox.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import classes from './ItemPane.module.css'
import { ItemView } from './ItemView.tsx'

export interface ItemPaneProps {
  readonly id: string
  /** It was decided or handed on: go to the next one. */
  readonly onDone: (id: string) => void
  readonly onClose: () => void
  /** It fills the page (narrow screens) and needs a way back. */
  readonly isAlone: boolean
}

/** The work item beside the list, or alone on a narrow screen. */
export const ItemPane = ({ id, onDone, onClose, isAlone }: ItemPaneProps) => {
  const { t } = useTranslation()
  const { client } = useData()
  const { data, error, refetch } = useQuery(workItemOne(client, id))
  useMarkSeen(data === undefined ? undefined : id, data?.seen === false)
  if (data !== undefined) return <ItemView item={data} onDone={() => onDone(id)} onClose={onClose} isAlone={isAlone} />
  if (error === null)
    return (
      <div className={classes.wait} aria-busy="true">
        <Skeleton lines={['40%', '70%', '90%', '85%', '60%']} height={14} />
      </div>
    )
  if (error instanceof MillraceError && error.code === 'NOT_FOUND')
    return (
      <EmptyState title={t('item.notFound')} action={<Button onClick={onClose}>{t('item.toList')}</Button>}>
        {t('item.notFoundText')}
      </EmptyState>
    )
  return (
    <div className={classes.wait}>
      <ErrorNotice error={error} retry={() => void refetch()} />
    </div>
  )
}

/** Opened long enough to be read counts as seen; flying past with `j` does not. */
const SEEN_AFTER_MS = 700

const useMarkSeen = (id: string | undefined, isUnseen: boolean): void => {
  const { client, wrote } = useData()
  const marked = useRef<string>(undefined)
  useEffect(() => {
    if (id === undefined || !isUnseen || marked.current === id) return
    const timer = setTimeout(() => {
      marked.current = id
      client.workItems.seen(id).then(
        () => wrote('work-item', id, ['seen']),
        () => {
          // It stays unread: nothing is lost.
        },
      )
    }, SEEN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [id, isUnseen, client, wrote])
}
