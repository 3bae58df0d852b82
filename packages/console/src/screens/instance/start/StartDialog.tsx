import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkflowsQuery } from '../../../data/queries/workflows.ts'
import { Button } from '../../../parts/button/Button.tsx'
import { Dialog } from '../../../parts/dialog/Dialog.tsx'
import classes from '../../../parts/dialog/dialog-form.module.css'
import { ChoiceField } from '../../../parts/field/Field.tsx'
import { ErrorNotice } from '../../../parts/notice/ErrorNotice.tsx'
import { StartForm } from './StartForm.tsx'

export interface StartDialogProps {
  readonly workflow?: string | undefined
  readonly onClose: () => void
}

/** Starts a workflow: which one, on what. */
export const StartDialog = ({ workflow, onClose }: StartDialogProps) => {
  const { t } = useTranslation()
  const answer = useWorkflowsQuery()
  const [chosen, setChosen] = useState(workflow)
  const id = useId()
  const workflows = answer.data?.items.filter(({ canStart, latest }) => canStart && latest !== undefined)
  const current = workflows?.find((each) => each.id === chosen) ?? (workflows?.length === 1 ? workflows[0] : undefined)
  const [isBusy, setBusy] = useState(false)
  return (
    <Dialog
      title={current === undefined ? t('start.title') : t('start.titleOf', { title: current.title })}
      onClose={onClose}
      size={560}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form={id} look="primary" disabled={current === undefined} isBusy={isBusy}>
            {t('start.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.form}>
        {answer.error === null ? null : <ErrorNotice error={answer.error} retry={() => void answer.refetch()} />}
        {workflows?.length === 0 ? <p>{t('start.none')}</p> : null}
        {workflow === undefined && workflows !== undefined && workflows.length > 1 ? (
          <ChoiceField
            label={t('start.workflow')}
            value={chosen ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data-autofocus
          >
            <option value="" disabled>
              {t('start.choose')}
            </option>
            {workflows.map(({ id: each, title }) => (
              <option key={each} value={each}>
                {title}
              </option>
            ))}
          </ChoiceField>
        ) : null}
        {current === undefined ? null : <StartForm key={current.id} id={id} workflow={current} onBusy={setBusy} onClose={onClose} />}
      </div>
    </Dialog>
  )
}
