import { MillraceError } from '@millrace/client'
import type { WorkflowSummary } from '@millrace/protocol'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkflowsQuery } from '../../../data/queries/workflows.ts'
import { useData } from '../../../data/use-data.ts'
import { Button } from '../../../parts/button/Button.tsx'
import { Dialog } from '../../../parts/dialog/Dialog.tsx'
import classes from '../../../parts/dialog/dialog-form.module.css'
import { ChoiceField, Field } from '../../../parts/field/Field.tsx'
import { ErrorNotice, useErrorText } from '../../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../../parts/notice/Notice.tsx'
import { toast } from '../../../parts/toast/toasts.ts'

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

interface StartFormProps {
  readonly id: string
  readonly workflow: WorkflowSummary
  readonly onBusy: (isBusy: boolean) => void
  readonly onClose: () => void
}

const StartForm = ({ id, workflow, onBusy, onClose }: StartFormProps) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const text = (name: string): string => String(values.get(name) ?? '').trim()
    onBusy(true)
    setProblem(undefined)
    try {
      const { id: instance } = await client.instances.start({
        workflow: workflow.id,
        ...(text('title') === '' ? {} : { title: text('title') }),
        ...(workflow.payload === 'none' || workflow.payload === 'json'
          ? {}
          : { payload: { kind: workflow.payload, ref: text('payload') } }),
      })
      wrote('instance', instance, ['created'])
      wrote('work-item', `${instance}.1`, ['created'])
      toast(t('start.started', { title: workflow.title }))
      onClose()
      void navigate({ to: '/instances/$id', params: { id: instance } })
    } catch (error) {
      setProblem(
        error instanceof MillraceError && error.code === 'LOCK_HELD' ? t('start.locked', { message: error.message }) : errorText(error),
      )
    } finally {
      onBusy(false)
    }
  }
  return (
    <form id={id} className={classes.form} onSubmit={(event) => void submit(event)}>
      {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
      {workflow.description === undefined ? null : <p>{workflow.description}</p>}
      {workflow.payload === 'none' || workflow.payload === 'json' ? null : (
        <Field label={t(`payload.${workflow.payload}`)} name="payload" required maxLength={2048} data-autofocus />
      )}
      <Field label={t('start.instanceTitle')} hint={t('start.instanceTitleHint')} name="title" maxLength={500} />
    </form>
  )
}
