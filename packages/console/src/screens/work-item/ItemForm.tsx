import type { WorkItem } from '@millrace/protocol'
import type { Answer } from './item-draft.ts'
import type { FieldProblem } from './use-decision.ts'

export interface ItemFormProps {
  readonly form: NonNullable<WorkItem['form']>
  /** Label of the route whose own form it is. */
  readonly title?: string | undefined
  readonly answer: Answer
  readonly onChange: (answer: Answer) => void
  readonly problems: readonly FieldProblem[]
  /** Typed into an older form and without a field in this one. */
  readonly left: readonly { readonly name: string; readonly value: unknown }[]
}

export const ItemForm = (_: ItemFormProps) => null
