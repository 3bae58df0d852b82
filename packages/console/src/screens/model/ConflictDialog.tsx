import type { Draft } from '@millrace/protocol'
import { styleNonce } from '../../app/theme/theme.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { DiffView } from '../../parts/editor/DiffView.tsx'
import classes from './VersionsDialog.module.css'
import { useModelWords } from './words.ts'

/** Two people saved one draft: both texts side by side, and a choice. It cannot be left without one. */
export const ConflictDialog = ({
  theirs,
  mine,
  resolve,
}: {
  readonly theirs: Draft
  readonly mine: string
  readonly resolve: (choice: 'mine' | 'theirs') => void
}) => {
  const t = useModelWords()
  return (
    <Dialog
      title={t('conflict')}
      size={1_000}
      actions={
        <>
          <Button onClick={() => resolve('theirs')}>{t('takeTheirs')}</Button>
          <Button look="primary" onClick={() => resolve('mine')}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      <p>{t('conflictText', { user: theirs.updatedBy, time: new Date(theirs.updatedAtMs).toLocaleTimeString() })}</p>
      <div className={classes.diff}>
        <DiffView before={theirs.text} after={mine} nonce={styleNonce()} />
      </div>
    </Dialog>
  )
}
