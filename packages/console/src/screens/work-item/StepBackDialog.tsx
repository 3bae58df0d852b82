import type { WorkItem } from '@millrace/protocol'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTyped } from '../../app/drafts/use-typed.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { AreaField } from '../../parts/field/Field.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import type { Decision } from './use-decision.ts'

/** Sends the instance back to a step it has passed. */
export const StepBackDialog = ({
  item,
  decision,
  onClose,
}: {
  readonly item: WorkItem
  readonly decision: Decision
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const [to, setTo] = useState(item.back[0]?.node)
  const typed = useTyped({ noun: 'work-item', id: `${item.id} step-back` }, () => ({ comment: '' }))
  const { comment } = typed.value
  const name = useId()
  const send = async () => {
    if ((await decision.stepBack(to, comment.trim())) !== true) return
    await typed.forget()
    onClose()
  }
  return (
    <Dialog
      title={t('stepBack.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={decision.isBusy} onClick={() => void send()}>
            {t('stepBack.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.form}>
        {decision.problem === undefined ? null : <Notice tone="error">{decision.problem}</Notice>}
        <fieldset className={classes.choices}>
          <legend>{t('stepBack.to')}</legend>
          {item.back.map(({ node, title }) => (
            <label key={node} className={classes.choice}>
              <input type="radio" name={name} checked={to === node} onChange={() => setTo(node)} />
              <UserText>{title}</UserText>
            </label>
          ))}
        </fieldset>
        <AreaField
          label={t('stepBack.comment')}
          value={comment}
          onChange={(event) => typed.change({ comment: event.currentTarget.value })}
          maxLength={20_000}
        />
      </div>
    </Dialog>
  )
}
