import { MillraceError } from '@millrace/client'
import type { Instance } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fingerprint } from '../../../app/drafts/draft.ts'
import { useTyped } from '../../../app/drafts/use-typed.ts'
import { versionOne } from '../../../data/queries/versions.ts'
import { useData } from '../../../data/use-data.ts'
import { Button } from '../../../parts/button/Button.tsx'
import { Dialog } from '../../../parts/dialog/Dialog.tsx'
import form from '../../../parts/dialog/dialog-form.module.css'
import { AreaField, ChoiceField, Field } from '../../../parts/field/Field.tsx'
import { ErrorNotice, useErrorText } from '../../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../../parts/notice/Notice.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import { toast } from '../../../parts/toast/toasts.ts'
import { ValueTree } from '../../../parts/value/ValueTree.tsx'
import classes from './ActionDialog.module.css'
import { type ActionForm, bodyOf, JSON_FIELDS, perform } from './action-body.ts'
import { type Action, canRetry } from './actions.ts'
import { type NodeChoice, nodesOf } from './nodes-of.ts'
import { PreviewView } from './PreviewView.tsx'

export interface ActionDialogProps {
  readonly instance: Instance
  readonly action: Action
  /** The step it is about, where the reader has one in view. */
  readonly step?: number | undefined
  readonly onClose: () => void
}

const DANGEROUS: ReadonlySet<Action> = new Set(['cancel', 'terminate', 'skip'])

/**
 * One action on an instance: what it needs, what it would do (decided by the server on a copy, anew with every change of the form or of the instance),
 * and the button that says its effect. Nothing is done to a state the reader has not seen.
 */
export const ActionDialog = ({ instance, action, step, onClose }: ActionDialogProps) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const id = useId()
  const typed = useTyped<ActionForm>(
    // Data is typed over data: once that has changed, what was typed over it is shown and not put in.
    { noun: 'instance', id: `${instance.id} ${action}`, schema: action === 'data' ? fingerprint(instance.data) : '' },
    () => beginOf(instance, action, step),
    fitTyped,
  )
  const given = typed.value
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const asked = useDeferredValue(given)
  const body = bodyOf(action, asked)
  const isReady = 'body' in body
  const preview = useQuery({
    // With the facts in the key, a change of the instance asks for a new preview by itself.
    queryKey: ['preview', instance.id, instance.facts, isReady ? body.body : null],
    queryFn: ({ signal }) =>
      isReady ? client.instances.preview(instance.id, body.body, { signal }) : Promise.reject(new Error('not ready')),
    enabled: isReady,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  const change = (part: Partial<ActionForm>) => {
    typed.change(part)
    setProblem(undefined)
  }
  const canSubmit = isReady && preview.data !== undefined && !preview.isPlaceholderData && preview.data.refused === undefined

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!canSubmit || isBusy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await perform(client, instance.id, body.body, preview.data.facts)
      wrote('instance', instance.id, ['status', 'incidents', 'data', 'run'])
      await typed.forget()
      toast(t(`command.done.${action}`, { title: instance.title }))
      onClose()
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'STATE_CHANGED') {
        setProblem(t('preview.changed'))
        wrote('instance', instance.id, ['status'])
        void preview.refetch()
      } else setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={t(`command.title.${action}`)}
      onClose={onClose}
      size={600}
      actions={
        <>
          {/* Beside "Cancel the instance" nobody could tell what "Cancel" does. */}
          <Button onClick={onClose}>{t(action === 'cancel' ? 'command.keep' : 'action.cancel')}</Button>
          <Button type="submit" form={id} look={DANGEROUS.has(action) ? 'danger' : 'primary'} disabled={!canSubmit} isBusy={isBusy}>
            {t(`command.do.${action}`)}
          </Button>
        </>
      }
    >
      <form id={id} className={form.form} onSubmit={(event) => void submit(event)}>
        <p className={classes.about}>{t(`command.about.${action}`)}</p>
        {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
        {typed.old === undefined ? null : (
          <Notice tone="warning">
            <p>{t('draft.old')}</p>
            <ValueTree value={typed.old.data} label={t('draft.oldLabel')} />
          </Notice>
        )}
        <ActionFields
          instance={instance}
          action={action}
          given={given}
          change={change}
          problem={'missing' in body ? body.missing : undefined}
        />
        {preview.error !== null && isReady ? (
          <ErrorNotice error={preview.error} retry={() => void preview.refetch()} />
        ) : preview.data === undefined ? (
          isReady ? (
            <Skeleton lines={['60%', '80%', '50%']} />
          ) : null
        ) : (
          <div className={classes.preview} data-old={preview.isPlaceholderData || !isReady || undefined} aria-live="polite">
            <PreviewView preview={preview.data} />
          </div>
        )}
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  readonly instance: Instance
  readonly action: Action
  readonly given: ActionForm
  readonly change: (part: Partial<ActionForm>) => void
  readonly problem: 'json' | 'object' | 'step' | 'name' | undefined
}

const ActionFields = ({ instance, action, given, change, problem }: FieldsProps) => {
  const { t } = useTranslation()
  const nodes = useNodes(instance)
  const json = JSON_FIELDS[action]
  const steps = action === 'retry' ? instance.steps.filter(canRetry) : instance.steps
  const routes =
    action === 'skip' ? (nodes.find(({ id }) => id === instance.steps.find(({ step }) => step === given.step)?.node)?.routes ?? []) : []
  const jsonProblem = problem === 'json' || problem === 'object' ? t(`command.field.${problem}`) : undefined
  return (
    <>
      {(action === 'retry' || action === 'skip') && steps.length > 1 ? (
        <ChoiceField
          label={t('command.field.step')}
          value={given.step ?? ''}
          onChange={(event) => change({ step: Number(event.currentTarget.value), route: '' })}
        >
          {steps.map(({ step, title }) => (
            <option key={step} value={step}>
              {title} ({step})
            </option>
          ))}
        </ChoiceField>
      ) : null}
      {routes.length > 0 ? (
        <ChoiceField
          label={t('command.field.route')}
          value={given.route}
          onChange={(event) => change({ route: event.currentTarget.value })}
        >
          <option value="">{t('command.field.routeChoose')}</option>
          {routes.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </ChoiceField>
      ) : null}
      {action === 'restart' && nodes.length > 0 ? (
        <ChoiceField
          label={t('command.field.from')}
          hint={t('command.field.fromHint')}
          value={given.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        >
          <option value="">{t('command.field.fromStart')}</option>
          {nodes.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </ChoiceField>
      ) : null}
      {action === 'suspend' || action === 'cancel' || action === 'terminate' ? (
        <AreaField
          label={t('command.field.reason')}
          hint={t('command.field.reasonHint')}
          value={given.reason}
          maxLength={2_000}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          data-autofocus
        />
      ) : null}
      {action === 'message' ? (
        <>
          <Field
            label={t('command.field.name')}
            value={given.name}
            required
            maxLength={200}
            onChange={(event) => change({ name: event.currentTarget.value })}
            data-autofocus
          />
          <Field
            label={t('command.field.key')}
            hint={t('command.field.keyHint')}
            value={given.key}
            maxLength={500}
            onChange={(event) => change({ key: event.currentTarget.value })}
          />
        </>
      ) : null}
      {json === undefined ? null : (
        <AreaField
          label={t(`command.json.${action as 'retry' | 'restart' | 'data' | 'skip' | 'message'}`)}
          hint={t(`command.jsonHint.${action as 'retry' | 'restart' | 'data' | 'skip' | 'message'}`)}
          value={given[json.field]}
          problem={given[json.field].trim() === '' ? undefined : jsonProblem}
          spellCheck={false}
          rows={action === 'data' ? 10 : 3}
          style={{ fontFamily: 'var(--mr-mono)', fontSize: 'var(--mr-text-13)' }}
          onChange={(event) => change({ [json.field]: event.currentTarget.value })}
        />
      )}
      {(action === 'resume' || action === 'restart') && instance.locks.some((lock) => lock.startsWith('deployment:')) ? (
        <label className={form.choice}>
          <input type="checkbox" checked={given.force} onChange={(event) => change({ force: event.currentTarget.checked })} />
          <span>{t('command.field.force')}</span>
        </label>
      ) : null}
    </>
  )
}

/** Nodes of the instance's model, with their routes; none of a code workflow. */
const useNodes = (instance: Instance): readonly NodeChoice[] => {
  const { client } = useData()
  const { data } = useQuery({ ...versionOne(client, instance.workflow, instance.version), enabled: instance.kind === 'graph' })
  return data?.model === undefined ? [] : nodesOf(data.model)
}

/** What was typed comes back; what was chosen only where it was typed for the same step. */
const fitTyped = (begin: ActionForm, kept: ActionForm): ActionForm => ({
  ...begin,
  ...kept,
  force: false,
  step: begin.step,
  ...(kept.step === begin.step ? {} : { route: begin.route, output: begin.output }),
})

const beginOf = (instance: Instance, action: Action, step: number | undefined): ActionForm => {
  const fit = action === 'retry' ? instance.steps.filter(canRetry) : instance.steps
  const chosen = fit.find((each) => each.step === step) ?? fit[0]
  const waits = instance.steps.find(({ waits: kind }) => kind === 'message')
  const name = instance.why?.code === 'MESSAGE' && typeof instance.why.params.message === 'string' ? instance.why.params.message : ''
  return {
    reason: '',
    // An instance that stands as a whole is retried as a whole.
    step: action === 'retry' && instance.incident !== undefined ? undefined : chosen?.step,
    route: '',
    from: '',
    data: action === 'data' ? JSON.stringify(instance.data, null, 2) : '',
    output: '',
    name: waits === undefined ? '' : name,
    key: '',
    body: '',
    force: false,
  }
}
