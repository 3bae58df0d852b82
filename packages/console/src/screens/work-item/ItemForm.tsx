import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences/use-preferences.ts'
import { problemsOf } from '../../parts/form/check/problems.ts'
import { LeftNotice } from '../../parts/form/LeftNotice.tsx'
import { SchemaForm, type SchemaFormHandle } from '../../parts/form/SchemaForm.tsx'
import type { LeftOver } from '../../parts/form/schema/carry-over.ts'
import { initialOf } from '../../parts/form/schema/initial.ts'
import type { JsonObject, JsonSchema } from '../../parts/form/schema/json.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './ItemForm.module.css'
import type { FieldProblem } from './use-decision.ts'

export interface ItemFormHandle {
  /** The whole answer with its defaults; undefined if the browser can tell that it would be refused: the first problem has the focus then. */
  read(): JsonObject | undefined
}

export interface ItemFormProps {
  readonly form: JsonSchema
  /** Label of the route whose own form it is. */
  readonly title?: string | undefined
  readonly answer: JsonObject
  readonly onChange: (answer: JsonObject) => void
  /** What the server refused. */
  readonly problems: readonly FieldProblem[]
  /** Typed into an older form and without a field in this one. */
  readonly left: readonly LeftOver[]
  readonly handle: Ref<ItemFormHandle>
  /** A route is armed that needs it: what is still to be filled in gets the focus. */
  readonly isAsked: boolean
  /** Enter in a one-line field. */
  readonly onEnter: () => void
}

/** What a decision asks to be filled in. */
export const ItemForm = ({ form, title, answer, onChange, problems, left, handle, isAsked, onEnter }: ItemFormProps) => {
  const { t } = useTranslation()
  const { zone } = usePreferences().preferences
  const inner = useRef<SchemaFormHandle>(null)
  const value = useMemo(() => ({ ...initialOf(form), ...answer }), [form, answer])
  useImperativeHandle(handle, () => ({ read: () => (inner.current?.check() === true ? value : undefined) }))
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isAsked || problemsOf(form, value).length === 0) return
    box.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    // Once when it is asked for: typing must not pull the focus back.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isAsked])
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    if (event.key !== 'Enter' || !isAsked || event.defaultPrevented) return
    if (!(target instanceof HTMLInputElement) || target.type === 'checkbox' || target.type === 'radio') return
    event.preventDefault()
    onEnter()
  }
  return (
    <section ref={box} className={classes.form} aria-label={t('item.form')} onKeyDown={onKeyDown}>
      {title === undefined ? null : (
        <h2 className={classes.title}>
          <UserText>{title}</UserText>
        </h2>
      )}
      {left.length === 0 ? null : <LeftNotice left={left} />}
      <SchemaForm
        schema={form}
        value={value}
        onChange={onChange}
        problems={problems}
        handle={inner}
        {...(zone === undefined ? {} : { zone })}
      />
    </section>
  )
}
