import { type ComponentType, createContext, useContext } from 'react'
import type { JsonSchema } from './schema/json.ts'
import type { Kind } from './schema/kind.ts'
import type { WidgetProps } from './widget.ts'

/** The widget of each kind of value. */
export type Widgets = { readonly [K in Kind]: ComponentType<WidgetProps> }

/** What every field of one form shares. */
export interface FormState {
  /** Given by the form: widgets hold fields and fields show widgets, and neither loads the other. */
  readonly widgets: Widgets
  /** Where references point to. */
  readonly root: JsonSchema
  /** Words of the problem at a pointer, if it is time to show it. */
  readonly problemAt: (pointer: string) => string | undefined
  /** The reader has left a field: from now on its problems show. */
  readonly touch: (pointer: string) => void
  /** A text that is no JSON keeps its problem here, as the answer cannot hold it. */
  readonly setBroken: (pointer: string, message: string | undefined) => void
  readonly isReadOnly: boolean
  /** IANA name of the reader's zone. */
  readonly zone: string
}

export const FormContext = createContext<FormState | undefined>(undefined)

export const useForm = (): FormState => {
  const state = useContext(FormContext)
  if (state === undefined) throw new Error('Fields stand inside a SchemaForm.')
  return state
}
