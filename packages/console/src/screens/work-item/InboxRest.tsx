import { useTranslation } from 'react-i18next'
import { useCell } from '../../data/cell.ts'
import { useInboxCounts } from '../../data/queries/inbox.ts'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { sitting } from './decided.ts'
import classes from './InboxRest.module.css'
import type { InboxView } from './inbox-search.ts'

/** Beside the list while no item is open: how much waits, or that all is done. */
export const InboxRest = ({ view, rows, isLoading }: { readonly view: InboxView; readonly rows: number; readonly isLoading: boolean }) => {
  const { t } = useTranslation()
  const { decided, byOthers } = useCell(sitting)
  const counts = useInboxCounts()
  if (isLoading || counts === undefined) return null
  const mayDecide = view === 'open' || view === 'mine' || view === 'groups'
  if (rows === 0 && mayDecide)
    return decided + byOthers === 0 ? null : (
      <div role="status">
        <EmptyState title={t('inbox.done.title')}>
          {t('inbox.done.decided', { count: decided })}
          {byOthers > 0 ? t('inbox.done.others', { count: byOthers }) : null}
        </EmptyState>
      </div>
    )
  if (rows === 0) return null
  if (!mayDecide) return <EmptyState title={t('inbox.rest.choose')}>{t('inbox.rest.chooseText')}</EmptyState>
  return (
    <div>
      <EmptyState title={t('inbox.rest.title', { count: counts.mine + counts.groups })}>
        {counts.late > 0 ? <p className={classes.late}>{t('inbox.rest.late', { count: counts.late })}</p> : null}
        <p className={classes.keys}>
          <KeyHint keys="j" /> <KeyHint keys="k" /> {t('inbox.rest.keys')} <KeyHint keys="?" />
        </p>
      </EmptyState>
    </div>
  )
}
