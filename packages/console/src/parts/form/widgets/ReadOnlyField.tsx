import { useTranslation } from 'react-i18next'
import { Markdown } from '../../markdown/Markdown.tsx'
import { ClampedText } from '../../user-text/ClampedText.tsx'
import { useForm } from '../form-context.ts'
import { isList, isObject } from '../schema/json.ts'
import { kindOf, optionsOf } from '../schema/kind.ts'
import { labelOf } from '../schema/label.ts'
import type { WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import classes from './widgets.module.css'

/** A value to look at. */
export const ReadOnlyField = ({ schema, label, hint, value }: Pick<WidgetProps, 'schema' | 'label' | 'hint' | 'value'>) => (
  <div className={classes.readOnly}>
    <p className={classes.label}>{label}</p>
    {hint === undefined ? null : (
      <p className={classes.hint}>
        <bdi>{hint}</bdi>
      </p>
    )}
    <div className={classes.shown}>
      <Shown schema={schema} value={value} />
    </div>
  </div>
)

const Shown = ({ schema, value }: Pick<WidgetProps, 'schema' | 'value'>) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const { zone } = useForm()
  if (value === undefined || value === null || value === '') return <span className={classes.quiet}>{t('none')}</span>
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (typeof value === 'number') return new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 17 }).format(value)
  if (typeof value === 'string') {
    switch (kindOf(schema)) {
      case 'markdown':
        return <Markdown text={value} />
      case 'date':
        return dateText(value, { language: i18n.language, zone: 'UTC', hasTime: false })
      case 'date-time':
        return dateText(value, { language: i18n.language, zone, hasTime: true })
      default:
        return <ClampedText>{optionsOf(schema)?.find((option) => option.value === value)?.label ?? value}</ClampedText>
    }
  }
  if (isList(value) && value.every((one) => !isObject(one) && !isList(one)))
    return <ClampedText>{value.map(String).join(', ')}</ClampedText>
  const entries = isObject(value) ? Object.entries(value) : value.map((one, i) => [String(i + 1), one] as const)
  return (
    <dl className={classes.entries}>
      {entries.map(([name, entry]) => {
        const inner = isObject(value) && isObject(schema.properties) ? schema.properties[name] : schema.items
        return (
          <div key={name}>
            <dt>
              <bdi>{isObject(value) ? labelOf(inner, name) : name}</bdi>
            </dt>
            <dd>
              <Shown schema={isObject(inner) ? inner : {}} value={entry} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

interface DateLook {
  readonly language: string | undefined
  readonly zone: string
  readonly hasTime: boolean
}

function dateText(text: string, { language, zone, hasTime }: DateLook): string {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return text
  return new Intl.DateTimeFormat(language ?? 'en', {
    dateStyle: 'long',
    ...(hasTime ? { timeStyle: 'long' } : {}),
    timeZone: zone,
  }).format(ms)
}
