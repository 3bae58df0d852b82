import { useEffect } from 'react'
import { isEqual } from '../schema/json.ts'
import type { WidgetProps } from '../widget.ts'
import { ReadOnlyField } from './ReadOnlyField.tsx'

/** There is only one answer: it is shown, and given where one is needed. */
export const ConstantField = (props: WidgetProps) => {
  const { schema, isRequired, value, onChange } = props
  const constant = schema.const ?? null
  useEffect(() => {
    if (isRequired && !isEqual(value, constant)) onChange(constant)
  }, [isRequired, value, constant, onChange])
  return <ReadOnlyField {...props} value={constant} />
}
