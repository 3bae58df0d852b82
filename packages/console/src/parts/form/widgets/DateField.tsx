import { Field } from '../../field/Field.tsx'
import { useForm } from '../form-context.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { shownText } from './ShortText.tsx'
import classes from './widgets.module.css'

/** A day, by the platform's own picker: it knows the reader's calendar, language and keyboard. */
export const DateField = (props: WidgetProps) => {
  const { pointer, label, hint, isRequired, problem, value, onChange } = props
  const { touch } = useForm()
  const text = shownText(value)
  // The picker would show nothing for a text that is no day, and nobody could see what is wrong.
  const isDay = text === '' || /^\d{4}-\d\d-\d\d$/.test(text)
  return (
    <div className={classes.narrow}>
      <Field
        label={label}
        hint={hint}
        problem={problem}
        required={isRequired}
        type={isDay ? 'date' : 'text'}
        data-pointer={pointer}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value === '' ? emptyOf(props) : event.currentTarget.value)}
        onBlur={() => touch(pointer)}
      />
    </div>
  )
}
