import { useEffect, useState } from 'react'
import { AreaField } from '../../field/Field.tsx'
import { useForm } from '../form-context.ts'
import { isEqual, type JsonValue } from '../schema/json.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import classes from './widgets.module.css'

/** For values that no widget fits: their JSON, and a notice that says so. A text that is no JSON stays and holds the form back. */
export const JsonField = (props: WidgetProps) => {
  const { pointer, label, hint, isRequired, problem, value, onChange } = props
  const t = useWords()
  const { touch, setBroken } = useForm()
  const [text, setText] = useState(() => write(value))
  // The value was changed from elsewhere (a draft was read, the form was cleared): the text follows.
  const parsed = parse(text)
  const isOwn = parsed.kind === 'broken' || isEqual(parsed.value, value)
  const shown = isOwn ? text : write(value)
  useEffect(() => () => setBroken(pointer, undefined), [pointer, setBroken])
  return (
    <div className={classes.json}>
      <AreaField
        label={label}
        hint={hint === undefined ? t('json') : `${hint} ${t('json')}`}
        problem={problem}
        required={isRequired}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        data-pointer={pointer}
        value={shown}
        onChange={(event) => {
          const next = event.currentTarget.value
          const read = parse(next)
          setText(next)
          setBroken(pointer, read.kind === 'broken' ? t('syntax', { limit: read.message }) : undefined)
          if (read.kind === 'value') onChange(read.value === undefined ? emptyOf(props) : read.value)
        }}
        onBlur={() => touch(pointer)}
      />
    </div>
  )
}

type Parsed = { readonly kind: 'value'; readonly value: JsonValue | undefined } | { readonly kind: 'broken'; readonly message: string }

function parse(text: string): Parsed {
  if (text.trim() === '') return { kind: 'value', value: undefined }
  try {
    return { kind: 'value', value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) }
  }
}

function write(value: JsonValue | undefined): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2)
}
