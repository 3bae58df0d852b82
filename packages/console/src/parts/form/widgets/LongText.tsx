import { useTranslation } from 'react-i18next'
import { AreaField } from '../../field/Field.tsx'
import { useForm } from '../form-context.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { exampleOf, shownText } from './ShortText.tsx'

/** Share of the longest text from which on the number of characters is told. */
const NEARLY_FULL = 0.8

export const LongText = (props: WidgetProps) => {
  const { schema, pointer, label, isRequired, problem, value, onChange } = props
  const { touch } = useForm()
  const hint = useLengthHint(props)
  return (
    <AreaField
      label={label}
      hint={hint}
      problem={problem}
      required={isRequired}
      rows={3}
      dir="auto"
      data-pointer={pointer}
      placeholder={exampleOf(schema)}
      value={shownText(value)}
      onChange={(event) => onChange(event.currentTarget.value === '' ? emptyOf(props) : event.currentTarget.value)}
      onBlur={() => touch(pointer)}
    />
  )
}

/** The description, and how much room is left once it gets scarce. */
export const useLengthHint = ({ schema, hint, value }: WidgetProps): string | undefined => {
  const t = useWords()
  const { i18n } = useTranslation()
  const { maxLength } = schema
  const length = typeof value === 'string' ? [...value].length : 0
  if (typeof maxLength !== 'number' || length < maxLength * NEARLY_FULL) return hint
  const number = new Intl.NumberFormat(i18n.language)
  const count = t('room', { length: number.format(length), most: number.format(maxLength) })
  return hint === undefined ? count : `${hint} ${count}`
}
