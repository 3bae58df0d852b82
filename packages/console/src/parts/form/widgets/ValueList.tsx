import { SchemaField } from '../SchemaField.tsx'
import { isList, pointerTo } from '../schema/json.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { Group } from './Group.tsx'
import { EntryTools, ListEnd } from './ListTools.tsx'
import { moved, withEntry, withoutEntry } from './list.ts'
import classes from './widgets.module.css'

/** Values one under the other, each in its own field. */
export const ValueList = (props: WidgetProps) => {
  const { schema, pointer, label, isRequired, value, onChange } = props
  const t = useWords()
  const list = isList(value) ? value : []
  const change = (next: readonly (typeof list)[number][]) => onChange(next.length === 0 && !isRequired ? emptyOf(props) : next)
  return (
    <Group {...props}>
      {list.map((entry, i) => (
        // An entry is its place: there is nothing else that it could be known by.
        <div key={i} className={classes.entry}>
          <div className={classes.entryField}>
            <SchemaField
              schema={schema.items}
              pointer={pointerTo(pointer, i)}
              label={t('entry', { label, number: i + 1 })}
              isRequired
              isLabelHidden
              value={entry}
              onChange={(next) => change(withEntry(list, i, next ?? null))}
            />
          </div>
          <EntryTools
            label={label}
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
