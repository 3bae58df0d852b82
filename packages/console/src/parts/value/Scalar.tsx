import type { JsonValue } from '@millrace/model'
import { ClampedText } from '../user-text/ClampedText.tsx'
import type { Change } from './diff.ts'
import classes from './ValueTree.module.css'
import { useWords } from './words.ts'

export interface ScalarProps {
  readonly value: JsonValue
  readonly change: Change
  readonly before: JsonValue | undefined
}

/** One value without entries: texts in six lines at most, everything else as JSON writes it. What it was stands below, struck through. */
export const Scalar = ({ value, change, before }: ScalarProps) => {
  const t = useWords()
  switch (change) {
    case 'removed':
      return (
        <del className={classes.before}>
          <Sign>{t('removed')}</Sign> <Literal value={value} />
        </del>
      )
    case 'changed':
      return (
        <>
          <Literal value={value} />
          <del className={classes.before}>
            <Sign>{t('changed')}</Sign> <Literal value={before ?? null} />
          </del>
        </>
      )
    case 'added':
      return (
        <ins className={classes.added}>
          <Literal value={value} /> <Sign>{t('added')}</Sign>
        </ins>
      )
    case 'same':
    case 'inside':
      return <Literal value={value} />
  }
}

const Sign = ({ children }: { readonly children: string }) => <span className={classes.sign}>{children}</span>

const Literal = ({ value }: { readonly value: JsonValue }) => {
  const t = useWords()
  if (typeof value === 'string')
    return value === '' ? <span className={classes.quiet}>{t('empty.text')}</span> : <ClampedText>{value}</ClampedText>
  if (Array.isArray(value) && value.length === 0) return <span className={classes.quiet}>{t('empty.list')}</span>
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    return <span className={classes.quiet}>{t('empty.record')}</span>
  // A whole record only stands here when it is gone or became something else: then its JSON says enough.
  if (typeof value === 'object' && value !== null) return <ClampedText>{JSON.stringify(value, null, 2)}</ClampedText>
  return <span className={classes.literal}>{String(value)}</span>
}
