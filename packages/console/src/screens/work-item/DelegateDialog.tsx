import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { AreaField } from '../../parts/field/Field.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { PersonPicker } from '../../parts/person/PersonPicker.tsx'

export interface DelegateDialogProps {
  /** What becomes of it: "“Review …” becomes theirs." */
  readonly hint: string
  readonly isBusy: boolean
  readonly problem: string | undefined
  /** True when it is done. */
  readonly onDelegate: (to: string, comment: string) => Promise<boolean | undefined>
  readonly onClose: () => void
}

/** Hands work items to somebody else: they become theirs, not the reader's any more. */
export const DelegateDialog = ({ hint, isBusy, problem, onDelegate, onClose }: DelegateDialogProps) => {
  const { t } = useTranslation()
  const [to, setTo] = useState<string>()
  const [comment, setComment] = useState('')
  const send = async () => {
    if (to !== undefined && (await onDelegate(to, comment.trim())) === true) onClose()
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
        <PersonPicker label={t('delegate.to')} hint={hint} value={to} onChange={setTo} autoFocus />
        <AreaField
          label={t('delegate.comment')}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          maxLength={20_000}
        />
      </div>
    </Dialog>
  )
}
