import type { WorkItem } from '@millrace/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { AreaField } from '../../parts/field/Field.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { PersonPicker } from '../../parts/person/PersonPicker.tsx'
import type { Decision } from './use-decision.ts'

/** Hands the item to somebody else: it becomes theirs, not the reader's any more. */
export const DelegateDialog = ({
  item,
  decision,
  onClose,
}: {
  readonly item: WorkItem
  readonly decision: Decision
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const [to, setTo] = useState<string>()
  const [comment, setComment] = useState('')
  const send = () => {
    if (to !== undefined) void decision.delegate(to, comment.trim()).then((isDone) => (isDone === true ? onClose() : undefined))
  }
  return (
    <Dialog
      title={t('delegate.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={to === undefined} isBusy={decision.isBusy} onClick={send}>
            {t('delegate.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.form}>
        {decision.problem === undefined ? null : <Notice tone="error">{decision.problem}</Notice>}
        <PersonPicker label={t('delegate.to')} hint={t('delegate.hint', { title: item.title })} value={to} onChange={setTo} autoFocus />
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
