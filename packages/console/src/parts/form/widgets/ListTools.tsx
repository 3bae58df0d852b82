import { Button } from '../../button/Button.tsx'
import { Icon } from '../../icon/Icon.tsx'
import { useForm } from '../form-context.ts'
import { effectiveOf } from '../schema/effective.ts'
import { initialOf } from '../schema/initial.ts'
import { isList, isObject, type JsonSchema, type JsonValue } from '../schema/json.ts'
import { kindOf, optionsOf } from '../schema/kind.ts'
import { useWords } from '../words.ts'
import classes from './widgets.module.css'

interface EntryToolsProps {
  readonly label: string
  readonly index: number
  readonly count: number
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

/** What can be done with an entry of a list; every button says with which. */
export const EntryTools = ({ label, index, count, onMove, onRemove }: EntryToolsProps) => {
  const t = useWords()
  const words = { label, number: index + 1 }
  return (
    <div className={classes.tools}>
      {count > 1 ? (
        <>
          <Button
            look="quiet"
            size="small"
            isIcon
            aria-label={t('up', words)}
            title={t('up', words)}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          >
            <span className={classes.upward}>
              <Icon name="down" size={14} />
            </span>
          </Button>
          <Button
            look="quiet"
            size="small"
            isIcon
            aria-label={t('down', words)}
            title={t('down', words)}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
          >
            <Icon name="down" size={14} />
          </Button>
        </>
      ) : null}
      <Button look="quiet" size="small" isIcon aria-label={t('remove', words)} title={t('remove', words)} onClick={onRemove}>
        <Icon name="close" size={14} />
      </Button>
    </div>
  )
}

interface ListEndProps {
  readonly label: string
  readonly schema: JsonSchema
  readonly count: number
  readonly onAdd: (entry: JsonValue) => void
}

/** The way to another entry, while the schema has room for one. */
export const ListEnd = ({ label, schema, count, onAdd }: ListEndProps) => {
  const t = useWords()
  const { root } = useForm()
  if (typeof schema.maxItems === 'number' && count >= schema.maxItems) return null
  return (
    <div>
      <Button
        size="small"
        icon={<Icon name="add" size={12} />}
        aria-label={t('addTo', { label })}
        onClick={() => onAdd(emptyEntry(schema.items, root))}
      >
        {t('add')}
      </Button>
    </div>
  )
}

/** What a new entry begins as: defaults, or what shows as an empty field. */
function emptyEntry(items: JsonValue | undefined, root: JsonSchema): JsonValue {
  const { schema } = effectiveOf(items, undefined, root)
  if (schema.default !== undefined) return schema.default
  switch (kindOf(schema)) {
    case 'record':
      return initialOf(isObject(items) ? items : {}, root)
    case 'one-of':
      return {}
    case 'boolean':
      return false
    case 'choice':
      return (isList(schema.enum) ? schema.enum[0] : optionsOf(schema)?.[0]?.value) ?? null
    case 'short':
    case 'long':
    case 'markdown':
    case 'date':
    case 'date-time':
      return ''
    default:
      return null
  }
}
