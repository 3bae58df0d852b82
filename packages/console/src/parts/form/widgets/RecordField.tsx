import { SchemaFields } from '../SchemaField.tsx'
import { isObject } from '../schema/json.ts'
import type { WidgetProps } from '../widget.ts'
import { Group } from './Group.tsx'
import classes from './widgets.module.css'

/** A record within a record: its fields under its name. */
export const RecordField = (props: WidgetProps) => {
  const { schema, pointer, value, onChange } = props
  return (
    <Group {...props} isNested>
      <div className={classes.fields}>
        <SchemaFields schema={schema} pointer={pointer} value={isObject(value) ? value : {}} onChange={onChange} />
      </div>
    </Group>
  )
}
