import { MillraceError } from '@millrace/client'
import type { WorkflowSummary } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fingerprint } from '../../../app/drafts/draft.ts'
import { useDraft } from '../../../app/drafts/use-draft.ts'
import { usePreferences } from '../../../app/preferences/use-preferences.ts'
import { versionOne } from '../../../data/queries/versions.ts'
import { useData } from '../../../data/use-data.ts'
import { Button } from '../../../parts/button/Button.tsx'
import classes from '../../../parts/dialog/dialog-form.module.css'
import { Field } from '../../../parts/field/Field.tsx'
import { LeftNotice } from '../../../parts/form/LeftNotice.tsx'
import { SchemaForm, type SchemaFormHandle, type ServerProblem } from '../../../parts/form/SchemaForm.tsx'
import { carryOver, type LeftOver } from '../../../parts/form/schema/carry-over.ts'
import { initialOf } from '../../../parts/form/schema/initial.ts'
import type { JsonObject } from '../../../parts/form/schema/json.ts'
import { ErrorNotice, useErrorText } from '../../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../../parts/notice/Notice.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import { toast } from '../../../parts/toast/toasts.ts'
import { ClampedText } from '../../../parts/user-text/ClampedText.tsx'
import { PAYLOAD_SCHEMA, type StartSchema, startSchemaOf } from './start-schema.ts'

export interface StartFormProps {
  /** Of the `<form>`, for the dialog's button. */
  readonly id: string
  readonly workflow: WorkflowSummary
  readonly onBusy: (isBusy: boolean) => void
  readonly onClose: () => void
}

interface Values {
  readonly title: string
  readonly ref: string
  readonly payload: JsonObject
  readonly answer: JsonObject
}

const EMPTY: Values = { title: '', ref: '', payload: {}, answer: {} }

const NOTHING_KEPT = { value: {}, left: [] } as const

/** What a workflow is started with: payload by its kind, input or data by their schema; begins with what was used last. */
export const StartForm = ({ id, workflow, onBusy, onClose }: StartFormProps) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const { zone } = usePreferences().preferences
  const version = useQuery({
    ...versionOne(client, workflow.id, workflow.latest ?? 1),
    // A new version came while this one was filled in: its form stays until the new one is here.
    placeholderData: (before) => before,
  })
  const asked = useMemo(() => (version.data === undefined ? undefined : startSchemaOf(version.data)), [version.data])
  const schema = useMemo(() => fingerprint(asked?.schema ?? null), [asked])
  // What is typed now, and what was started last: two drafts, the newer one counts.
  const draft = useDraft<Values>({ noun: 'start', id: workflow.id, schema })
  const last = useDraft<Values>({ noun: 'last-start', id: workflow.id, schema })
  const [values, setValues] = useState<Values>()
  const [problem, setProblem] = useState<{ readonly text: string; readonly canQueue: boolean }>()
  const [refused, setRefused] = useState<readonly ServerProblem[]>([])
  const [left, setLeft] = useState<readonly LeftOver[]>([])
  /** The form that the values fit. */
  const fitted = useRef<StartSchema>(undefined)
  const form = useRef<SchemaFormHandle>(null)
  const payloadForm = useRef<SchemaFormHandle>(null)

  useEffect(() => {
    if (values !== undefined || version.data === undefined || draft.found === undefined || last.found === undefined) return
    const found = draft.found ?? last.found
    const initial = asked === undefined || asked.isOptional ? {} : initialOf(asked.schema)
    const kept = found === null || asked === undefined ? NOTHING_KEPT : carryOver(found.value.answer, asked.schema)
    fitted.current = asked
    setValues({
      ...EMPTY,
      ...(found === null ? {} : { ...found.value, title: draft.found === null ? '' : found.value.title }),
      answer: { ...initial, ...kept.value },
    })
    // Of what was started last nothing is lost; of what was typed and not sent it would be.
    if (draft.found !== null) setLeft(kept.left)
  }, [values, version.data, draft.found, last.found, asked])

  // The form changed under the person: what fits stays, the rest is shown to be copied.
  useEffect(() => {
    const before = fitted.current
    if (values === undefined || before === undefined || asked === undefined || before === asked) return
    fitted.current = asked
    const kept = carryOver(values.answer, asked.schema, before.schema)
    setValues({ ...values, answer: { ...(asked.isOptional ? {} : initialOf(asked.schema)), ...kept.value } })
    setLeft(kept.left)
  }, [asked, values])

  if (version.error !== null) return <ErrorNotice error={version.error} retry={() => void version.refetch()} />
  if (values === undefined) return <Skeleton lines={['30%', '80%', '60%']} />

  const change = (part: Partial<Values>) => {
    const next = { ...values, ...part }
    setValues(next)
    draft.keep(next)
  }
  const start = async (queue: boolean) => {
    if (form.current?.check() === false || payloadForm.current?.check() === false) return
    onBusy(true)
    setProblem(undefined)
    setRefused([])
    try {
      const { id: instance } = await client.instances.start({
        workflow: workflow.id,
        ...bodyOf(workflow, asked?.kind, values),
        ...(queue ? { queue } : {}),
      })
      wrote('instance', instance, ['created'])
      wrote('work-item', `${instance}.1`, ['created'])
      last.keep(values)
      await draft.clear()
      toast(t('start.started', { title: workflow.title }))
      onClose()
      void navigate({ to: '/instances/$id', params: { id: instance } })
    } catch (error) {
      setProblem({ text: errorText(error), canQueue: error instanceof MillraceError && error.code === 'LOCK_HELD' })
      setRefused(problemsOf(error))
      // Its form may be of a version that is not the newest any more.
      if (error instanceof MillraceError && error.code === 'DATA_INVALID') wrote('workflow', workflow.id, ['version'])
    } finally {
      onBusy(false)
    }
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void start(false)
  }
  const fields =
    asked === undefined ? null : (
      <SchemaForm
        schema={asked.schema}
        value={values.answer}
        onChange={(answer) => change({ answer })}
        problems={refused}
        handle={form}
        {...(zone === undefined ? {} : { zone })}
      />
    )
  return (
    <form id={id} className={classes.form} onSubmit={submit}>
      {problem === undefined ? null : (
        <Notice tone="error" action={problem.canQueue ? <Button onClick={() => void start(true)}>{t('start.queue')}</Button> : undefined}>
          {problem.text}
        </Notice>
      )}
      {left.length === 0 ? null : <LeftNotice left={left} />}
      {workflow.description === undefined ? null : <ClampedText>{workflow.description}</ClampedText>}
      {workflow.kind === 'code' || workflow.payload === 'none' ? null : workflow.payload === 'json' ? (
        <SchemaForm schema={PAYLOAD_SCHEMA} value={values.payload} onChange={(payload) => change({ payload })} handle={payloadForm} />
      ) : (
        <Field
          label={t(`payload.${workflow.payload}`)}
          required
          maxLength={2048}
          data-autofocus
          spellCheck={false}
          value={values.ref}
          onChange={(event) => change({ ref: event.currentTarget.value })}
        />
      )}
      {asked?.isOptional === true ? (
        <details open={Object.keys(values.answer).length > 0}>
          <summary>{t('start.data')}</summary>
          {fields}
        </details>
      ) : (
        fields
      )}
      <Field
        label={t('start.instanceTitle')}
        hint={t('start.instanceTitleHint')}
        maxLength={500}
        value={values.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
    </form>
  )
}

/** Body of the start beside the workflow's name. */
const bodyOf = (workflow: WorkflowSummary, kind: 'input' | 'data' | undefined, { title, ref, payload, answer }: Values) => {
  const given = JSON.parse(JSON.stringify(answer)) as Record<string, never>
  const named = title.trim() === '' ? {} : { title: title.trim() }
  if (workflow.kind === 'code') return { ...named, input: given }
  const data = kind === 'data' && Object.keys(given).length > 0 ? { data: given } : {}
  switch (workflow.payload) {
    case 'none':
      return { ...named, ...data }
    case 'json':
      return { ...named, ...data, payload: { kind: 'json' as const, json: JSON.parse(JSON.stringify(payload.json ?? null)) as never } }
    default:
      return { ...named, ...data, payload: { kind: workflow.payload, ref: ref.trim() } }
  }
}

/** DATA_INVALID lists each field, below `/input` or `/data`. */
const problemsOf = (error: unknown): readonly ServerProblem[] => {
  const problems = error instanceof MillraceError ? error.details.problems : undefined
  if (!Array.isArray(problems)) return []
  return problems.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return []
    const { pointer, message } = each as { readonly pointer?: unknown; readonly message?: unknown }
    return typeof pointer === 'string' && typeof message === 'string' ? [{ pointer: pointer.replace(/^\/(input|data)/, ''), message }] : []
  })
}
