import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from './check/message.ts'
import { problemsOf } from './check/problems.ts'
import { FormContext, type FormState } from './form-context.ts'
import { SchemaField, SchemaFields } from './SchemaField.tsx'
import { effectiveOf } from './schema/effective.ts'
import type { JsonObject, JsonSchema } from './schema/json.ts'
import { kindOf } from './schema/kind.ts'
import { labelOf } from './schema/label.ts'
import { WIDGETS } from './widgets/by-kind.ts'
import classes from './widgets/widgets.module.css'
import { useWords } from './words.ts'

/** What the server found, as its own words. */
export interface ServerProblem {
  readonly pointer: string
  readonly message: string
}

export interface SchemaFormProps {
  readonly schema: JsonSchema
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  /** The server has the last word: shown at their fields until those change. */
  readonly problems?: readonly ServerProblem[]
  readonly isReadOnly?: boolean
  /** IANA name of the reader's zone; the browser's unless said. */
  readonly zone?: string
  readonly handle?: Ref<SchemaFormHandle>
}

export interface SchemaFormHandle {
  /** Shows every problem and puts the focus on the first. True when the form may be sent as far as the browser can tell. */
  check(): boolean
}

/**
 * A form made from a JSON Schema (2020-12). Renders no `<form>` and no buttons: what sends it stands elsewhere (the RouteBar). Problems
 * show once a field was left, or at `check()`.
 *
 * @example <SchemaForm schema={item.form} value={answer} onChange={setAnswer} problems={refused} handle={form} />
 */
export const SchemaForm = ({ schema, value, onChange, problems = [], isReadOnly = false, zone, handle }: SchemaFormProps) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const language = i18n.language ?? 'en'
  const box = useRef<HTMLDivElement>(null)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [isChecked, setChecked] = useState(false)
  const [broken, setBrokenMap] = useState<ReadonlyMap<string, string>>(new Map())
  const found = useMemo(() => problemsOf(schema, value), [schema, value])
  const serverSaid = useServerProblems(problems, value)

  const setBroken = useCallback((pointer: string, message: string | undefined) => {
    setBrokenMap((before) => {
      if (before.get(pointer) === message) return before
      const after = new Map(before)
      if (message === undefined) after.delete(pointer)
      else after.set(pointer, message)
      return after
    })
  }, [])
  const state = useMemo((): FormState => {
    const messages = new Map(found.map((problem) => [problem.pointer, messageOf(problem, t, language)]))
    return {
      widgets: WIDGETS,
      root: schema,
      problemAt: (pointer) =>
        serverSaid.get(pointer) ?? broken.get(pointer) ?? (isChecked || touched.has(pointer) ? messages.get(pointer) : undefined),
      touch: (pointer) => setTouched((before) => (before.has(pointer) ? before : new Set(before).add(pointer))),
      setBroken,
      isReadOnly,
      zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    }
  }, [found, schema, t, language, serverSaid, broken, isChecked, touched, setBroken, isReadOnly, zone])

  useImperativeHandle(handle, () => ({
    check() {
      setChecked(true)
      const pointers = [...broken.keys(), ...found.map((problem) => problem.pointer)]
      if (pointers.length > 0) focusFirst(box.current, pointers)
      return pointers.length === 0
    },
  }))

  const { schema: here } = effectiveOf(schema, value, schema)
  const title = typeof here.title === 'string' ? here.title : undefined
  const own = state.problemAt('')
  const count = isChecked ? new Set([...found.map((problem) => problem.pointer), ...broken.keys()]).size : 0
  return (
    <FormContext value={state}>
      <div ref={box} className={classes.form} role="group" aria-label={title ?? labelOf(schema, 'form')}>
        {typeof here.description === 'string' ? (
          <p className={classes.hint}>
            <bdi>{here.description}</bdi>
          </p>
        ) : null}
        <output className={classes.summary}>{count > 0 ? t('summary', { count }) : ''}</output>
        {own === undefined ? null : <p className={classes.problem}>{own}</p>}
        {kindOf(here) === 'record' ? (
          <SchemaFields schema={here} pointer="" value={value} onChange={onChange} />
        ) : (
          // A form that is no plain record: a choice of records, or a record of any names.
          <SchemaField
            schema={schema}
            pointer=""
            label={title ?? labelOf(schema, 'answer')}
            isRequired
            value={value}
            onChange={(next) => onChange(typeof next === 'object' && next !== null && !Array.isArray(next) ? (next as JsonObject) : {})}
          />
        )}
      </div>
    </FormContext>
  )
}

/** A server's word holds for the value it was said of. By content: callers may make a new list with every render. */
const useServerProblems = (problems: readonly ServerProblem[], value: JsonObject): ReadonlyMap<string, string> => {
  const said = JSON.stringify(problems)
  const [about, setAbout] = useState({ said, value })
  if (about.said !== said) setAbout({ said, value })
  return useMemo(() => {
    const list: readonly ServerProblem[] = JSON.parse(said)
    return new Map(list.filter(({ pointer }) => sameAt(about.value, value, pointer)).map(({ pointer, message }) => [pointer, message]))
  }, [said, about, value])
}

function sameAt(a: JsonObject, b: JsonObject, pointer: string): boolean {
  const [name] = pointer.split('/').slice(1)
  return name === undefined ? a === b : a[name] === b[name]
}

/** In the order of the page, not of the schema. */
function focusFirst(box: HTMLElement | null, pointers: readonly string[]): void {
  for (const element of box?.querySelectorAll<HTMLElement>('[data-pointer]') ?? []) {
    if (!pointers.includes(element.dataset.pointer ?? '')) continue
    const inner = element.tagName === 'FIELDSET' ? element.querySelector<HTMLElement>('input, select, textarea, button') : null
    ;(inner ?? element).focus()
    return
  }
}
