import { useTranslation } from 'react-i18next'
import { useTyped } from '../../app/drafts/use-typed.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { AreaField } from '../../parts/field/Field.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { PersonPicker } from '../../parts/person/PersonPicker.tsx'

export interface DelegateDialogProps {
  /** What is handed on, for the place of what is typed: an item's id, or that of a selection. */
  readonly of: string
  /** What becomes of it: "“Review …” becomes theirs." */
  readonly hint: string
  readonly isBusy: boolean
  readonly problem: string | undefined
  /** True when it is done. */
  readonly onDelegate: (to: string, comment: string) => Promise<boolean | undefined>
  readonly onClose: () => void
}

const EMPTY: { readonly to?: string | undefined; readonly comment: string } = { comment: '' }

/** Hands work items to somebody else: they become theirs, not the reader's any more. */
export const DelegateDialog = ({ of, hint, isBusy, problem, onDelegate, onClose }: DelegateDialogProps) => {
  const { t } = useTranslation()
  const typed = useTyped({ noun: 'work-item', id: `${of} delegate` }, () => EMPTY)
  const { to, comment } = typed.value
  const send = async () => {
    if (to === undefined || (await onDelegate(to, comment.trim())) !== true) return
    await typed.forget()
    onClose()
  }
  return (
    <Dialog
      title={t('delegate.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={to === undefined} isBusy={isBusy} onClick={() => void send()}>
            {t('delegate.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.form}>
        {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
        <PersonPicker label={t('delegate.to')} hint={hint} value={to} onChange={(person) => typed.change({ to: person })} autoFocus />
        <AreaField
          label={t('delegate.comment')}
          value={comment}
          onChange={(event) => typed.change({ comment: event.currentTarget.value })}
          maxLength={20_000}
        />
      </div>
    </Dialog>
  )
}
