import { useForm } from '../form-context.ts'
import { SchemaField } from '../SchemaField.tsx'
import { effectiveOf } from '../schema/effective.ts'
import { isList, pointerTo } from '../schema/json.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { Group } from './Group.tsx'
import { EntryTools, ListEnd } from './ListTools.tsx'
import { moved, withEntry, withoutEntry } from './list.ts'
import classes from './widgets.module.css'

/** Records one under the other, each with its number and its own fields. */
export const RecordList = (props: WidgetProps) => {
  const { schema, pointer, label, isRequired, value, onChange } = props
  const t = useWords()
  const { root } = useForm()
  const list = isList(value) ? value : []
  const change = (next: readonly (typeof list)[number][]) => onChange(next.length === 0 && !isRequired ? emptyOf(props) : next)
  const { title } = effectiveOf(schema.items, undefined, root).schema
  const entryLabel = typeof title === 'string' ? title : label
  return (
    <Group {...props}>
      {list.map((entry, i) => (
        <div key={i} className={classes.record}>
          <div className={classes.entryField}>
            <SchemaField
              schema={schema.items}
              pointer={pointerTo(pointer, i)}
              label={t('entry', { label: entryLabel, number: i + 1 })}
              isRequired={false}
              value={entry}
              onChange={(next) => change(withEntry(list, i, next ?? {}))}
            />
          </div>
          <EntryTools
            label={entryLabel}
            index={i}
            count={list.length}
            onMove={(by) => change(moved(list, i, by))}
            onRemove={() => change(withoutEntry(list, i))}
          />
        </div>
      ))}
      <ListEnd label={label} schema={schema} count={list.length} onAdd={(entry) => change([...list, entry])} />
    </Group>
  )
}
