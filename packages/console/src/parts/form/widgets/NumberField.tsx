import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../field/Field.tsx'
import { useForm } from '../form-context.ts'
import { parseNumber } from '../schema/parse-number.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { exampleOf, shownText } from './ShortText.tsx'
import classes from './widgets.module.css'

/**
 * A number as a text: a browser's own number input drops what it cannot read, changes with the wheel and writes decimals its own way. What
 * is no number stays in the field and in the answer, where the schema calls it wrong.
 */
export const NumberField = (props: WidgetProps & { readonly inputMode?: 'decimal' | 'numeric' }) => {
  const { schema, pointer, label, hint, isRequired, problem, value, onChange, inputMode = 'decimal' } = props
  const { touch } = useForm()
  const { i18n } = useTranslation()
  const language = i18n.language ?? 'en'
  // "1," and "1,50" are on the way to a number: the text stays the reader's for as long as it means the value.
  const [typed, setTyped] = useState<string>()
  const isCurrent = typed !== undefined && (parseNumber(typed, language) ?? typed) === (value ?? '')
  return (
    <div className={classes.narrow}>
      <Field
        label={label}
        hint={hint}
        problem={problem}
        required={isRequired}
        inputMode={inputMode}
        autoComplete="off"
        data-pointer={pointer}
        placeholder={exampleOf(schema)}
        value={isCurrent ? typed : typeof value === 'number' ? writeNumber(value, language) : shownText(value)}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          onChange(text.trim() === '' ? emptyOf(props) : (parseNumber(text, language) ?? text))
        }}
        onBlur={() => touch(pointer)}
      />
    </div>
  )
}

/** Without grouping: it is to be edited. */
function writeNumber(value: number, language: string): string {
  const isPlain = Math.abs(value) < 1e15 && Math.abs(value) >= 1e-6
  return value === 0 || isPlain
    ? new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 17 }).format(value)
    : String(value)
}
