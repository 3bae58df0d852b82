import type { MergeConflict, MergedThing, MergeSide } from '@millrace/model'
import { type ReactNode, useId } from 'react'
import { useModelWords } from '../words.ts'
import classes from './MergeDialog.module.css'

export interface ConflictChoiceProps {
  readonly conflict: MergeConflict
  /** Name of the other person. */
  readonly theirs: ReactNode
  readonly chosen: MergeSide | undefined
  readonly onChoose: (side: MergeSide) => void
}

/** One thing that both changed: how it was, and both ways it is now, side by side, to press one. */
export const ConflictChoice = ({ conflict, theirs, chosen, onChoose }: ConflictChoiceProps) => {
  const t = useModelWords()
  const name = useId()
  const { what, base } = conflict
  return (
    <fieldset className={classes.conflict}>
      <legend>{useTitle(what)}</legend>
      {what.kind === 'node' || base === undefined ? null : (
        <p className={classes.before}>
          {t('mergeWas')} <code>{base}</code>
        </p>
      )}
      <div className={classes.sides}>
        {(['ours', 'theirs'] as const).map((side) => (
          <label key={side} className={classes.side} data-chosen={chosen === side || undefined}>
            <span className={classes.who}>
              <input type="radio" name={name} checked={chosen === side} onChange={() => onChoose(side)} />
              {side === 'ours' ? t('mergeYours') : theirs}
            </span>
            {conflict[side] === undefined ? <em>{t('mergeGone')}</em> : <pre>{conflict[side]}</pre>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const useTitle = (what: MergedThing): string => {
  const t = useModelWords()
  switch (what.kind) {
    case 'field':
      return t('mergeField', { field: what.field })
    case 'data':
      return t('mergeData', { name: what.name })
    case 'node':
      return t('mergeNode', { node: what.node })
    case 'node-field':
      return t('mergeNodeField', { node: what.node, field: what.field })
    case 'first':
      return t('mergeFirst')
  }
}
