import { ChoiceField } from '../../field/Field.tsx'
import { useForm } from '../form-context.ts'
import { isEqual } from '../schema/json.ts'
import type { Option } from '../schema/kind.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'

/** One of many, as the platform's own list. */
export const SelectField = (props: WidgetProps & { readonly options: readonly Option[] }) => {
  const { pointer, label, hint, isRequired, problem, value, onChange, options } = props
  const t = useWords()
  const { touch } = useForm()
  const chosen = options.findIndex((option) => isEqual(option.value, value))
  return (
    <ChoiceField
      label={label}
      hint={hint}
      problem={problem}
      required={isRequired}
      data-pointer={pointer}
      value={chosen}
      onChange={(event) => {
        const option = options[Number(event.currentTarget.value)]
        onChange(option === undefined ? emptyOf(props) : option.value)
      }}
      onBlur={() => touch(pointer)}
    >
      <option value={-1} disabled={isRequired}>
        {isRequired ? t('choose') : t('none')}
      </option>
      {options.map((option, i) => (
        <option key={JSON.stringify(option.value)} value={i}>
          {option.label}
        </option>
      ))}
    </ChoiceField>
  )
}
