import type { JsonSchema, JsonValue } from '@millrace/model'
import { useMemo, useState } from 'react'
import { labelOf } from '../form/schema/label.ts'
import { CopyButton } from './CopyButton.tsx'
import { countChanges, diffOf, plainOf } from './diff.ts'
import { Entries } from './Entries.tsx'
import { Scalar } from './Scalar.tsx'
import classes from './ValueTree.module.css'
import { useWords } from './words.ts'

export interface ValueTreeProps {
  readonly value: JsonValue | undefined
  /** What it is, for the copy button and screen readers: "Input". */
  readonly label: string
  /** The value to compare with: that of the attempt before, or what this person saw last. */
  readonly previous?: JsonValue | undefined
  /** Its titles name the entries. */
  readonly schema?: JsonSchema | undefined
}

/**
 * A JSON value as a labelled tree: names by the schema's titles, long texts clamped, HTML shown as text, every entry to be copied. With a
 * previous value it says what is new, gone or changed, in words and signs as well as in colour.
 */
export const ValueTree = ({ value, label, previous, schema }: ValueTreeProps) => {
  const t = useWords()
  const [isOnlyChanges, setOnlyChanges] = useState(false)
  const node = useMemo(
    () => (value === undefined ? undefined : previous === undefined ? plainOf(value) : diffOf(previous, value)),
    [value, previous],
  )
  if (node === undefined || value === undefined) return <p className={classes.nothing}>{t('nothing')}</p>
  const changes = previous === undefined ? undefined : countChanges(node)
  return (
    <div className={classes.tree} role="group" aria-label={label}>
      <div className={changes === undefined ? `${classes.head} ${classes.bare}` : classes.head}>
        {changes === undefined ? null : (
          <>
            <span className={classes.count}>{changes === 0 ? t('unchanged') : t('changes', { count: changes })}</span>
            {changes === 0 ? null : (
              <label className={classes.only}>
                <input type="checkbox" checked={isOnlyChanges} onChange={(event) => setOnlyChanges(event.currentTarget.checked)} />
                {t('onlyChanges')}
              </label>
            )}
          </>
        )}
        <CopyButton label={label} text={() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))} />
      </div>
      {node.entries.length > 0 || node.change === 'inside' ? (
        <Entries node={node} schema={schema} depth={0} isOnlyChanges={isOnlyChanges && changes !== 0} labelOf={labelOf} />
      ) : (
        <Scalar value={value} change={node.change} before={node.before} />
      )}
    </div>
  )
}
