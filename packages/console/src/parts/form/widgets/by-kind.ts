import type { Widgets } from '../form-context.ts'
import { BooleanField } from './BooleanField.tsx'
import { Choice } from './Choice.tsx'
import { Choices } from './Choices.tsx'
import { ConstantField } from './ConstantField.tsx'
import { DateField } from './DateField.tsx'
import { DateTimeField } from './DateTimeField.tsx'
import { IntegerField } from './IntegerField.tsx'
import { JsonField } from './JsonField.tsx'
import { LongText } from './LongText.tsx'
import { MarkdownText } from './MarkdownText.tsx'
import { NumberField } from './NumberField.tsx'
import { OneOfField } from './OneOfField.tsx'
import { RecordField } from './RecordField.tsx'
import { RecordList } from './RecordList.tsx'
import { ShortText } from './ShortText.tsx'
import { ValueList } from './ValueList.tsx'

/** A new widget is a file beside these and a line here. */
export const WIDGETS: Widgets = {
  short: ShortText,
  long: LongText,
  markdown: MarkdownText,
  number: NumberField,
  integer: IntegerField,
  boolean: BooleanField,
  choice: Choice,
  choices: Choices,
  date: DateField,
  'date-time': DateTimeField,
  values: ValueList,
  records: RecordList,
  record: RecordField,
  'one-of': OneOfField,
  constant: ConstantField,
  json: JsonField,
}
