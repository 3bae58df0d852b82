import type { WidgetProps } from '../widget.ts'
import { NumberField } from './NumberField.tsx'

/** A whole number: phones show digits only. */
export const IntegerField = (props: WidgetProps) => <NumberField {...props} inputMode={mayBeNegative(props) ? 'decimal' : 'numeric'} />

/** The keyboard of digits has no minus. */
function mayBeNegative({ schema }: WidgetProps): boolean {
  const { minimum, exclusiveMinimum } = schema
  return !((typeof minimum === 'number' && minimum >= 0) || (typeof exclusiveMinimum === 'number' && exclusiveMinimum >= -1))
}
