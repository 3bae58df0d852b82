import type { Json } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { ClampedText } from '../../../parts/user-text/ClampedText.tsx'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import { CopyValue } from './CopyValue.tsx'
import classes from './ValueBox.module.css'

type JsonValue = z.infer<typeof Json>

/** Members of a list or record that are shown at once. */
const MOST_MEMBERS = 100
/** Levels that are open at first. */
const OPEN_LEVELS = 2

/** A value as a labelled tree, the whole of it one press from the clipboard. Text is text, whatever it looks like. */
export const ValueBox = ({ value, label }: { readonly value: JsonValue; readonly label: string }) => (
  <div className={classes.box}>
    <div className={classes.copy}>
      <CopyValue text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} label={label} />
    </div>
    <Value value={value} level={0} />
  </div>
)

const Value = ({ value, level }: { readonly value: JsonValue; readonly level: number }) => {
  const { t } = useTranslation()
  if (typeof value === 'string')
    return value === '' ? <span className={classes.none}>{t('value.empty')}</span> : <ClampedText>{value}</ClampedText>
  if (value === null || typeof value !== 'object') return <span className={classes.plain}>{String(value)}</span>
  const members: readonly (readonly [string, JsonValue])[] = Array.isArray(value)
    ? value.map((each, at) => [String(at + 1), each])
    : Object.entries(value)
  if (members.length === 0) return <span className={classes.none}>{t(Array.isArray(value) ? 'value.emptyList' : 'value.emptyRecord')}</span>
  return (
    <dl className={classes.tree}>
      {members.slice(0, MOST_MEMBERS).map(([name, member]) => (
        <Member key={name} name={name} value={member} level={level} />
      ))}
      {members.length > MOST_MEMBERS ? (
        <div className={classes.none}>{t('value.more', { count: members.length - MOST_MEMBERS })}</div>
      ) : null}
    </dl>
  )
}

const Member = ({ name, value, level }: { readonly name: string; readonly value: JsonValue; readonly level: number }) => {
  const { t } = useTranslation()
  const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!isNested)
    return (
      <div className={classes.member}>
        <dt>
          <UserText>{name}</UserText>
        </dt>
        <dd>
          <Value value={value} level={level + 1} />
        </dd>
      </div>
    )
  const count = Object.keys(value).length
  return (
    <div className={classes.nested}>
      <dt className="mr-unseen">{name}</dt>
      <dd>
        <details open={level < OPEN_LEVELS && count <= MOST_MEMBERS}>
          <summary>
            <UserText>{name}</UserText>
            <span className={classes.none}> {t(Array.isArray(value) ? 'value.list' : 'value.record', { count })}</span>
          </summary>
          <Value value={value} level={level + 1} />
        </details>
      </dd>
    </div>
  )
}
