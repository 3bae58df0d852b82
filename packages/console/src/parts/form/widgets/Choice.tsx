import { optionsOf } from '../schema/kind.ts'
import type { WidgetProps } from '../widget.ts'
import { Radios } from './Radios.tsx'
import { SelectField } from './SelectField.tsx'

/** More than these are a list to open. */
const MOST_RADIOS = 5

export const Choice = (props: WidgetProps) => {
  const options = optionsOf(props.schema) ?? []
  return options.length > MOST_RADIOS ? <SelectField {...props} options={options} /> : <Radios {...props} options={options} />
}
