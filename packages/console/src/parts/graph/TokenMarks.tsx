import { useTranslation } from 'react-i18next'
import { MARK_COLOURS, SHAPES } from '../status-mark/shape.tsx'
import type { Token } from './live.ts'
import classes from './NodeBox.module.css'

/** More shapes than this on one box cannot be told apart: the rest is a number. */
const MOST = 3

/** Tokens on a node or in a list: the shape of each status, with how many. */
export const TokenMarks = ({ tokens }: { readonly tokens: readonly Token[] }) => {
  const { t } = useTranslation()
  const shown = tokens.slice(0, MOST)
  const more = tokens.slice(MOST).reduce((sum, token) => sum + token.count, 0)
  if (shown.length === 0) return null
  return (
    <span className={classes.tokens}>
      {shown.map(({ mark, count }) => (
        <span key={mark} className={classes.token} style={{ color: MARK_COLOURS[mark] }}>
          <svg viewBox="0 0 12 12" width="12" height="12" role="img" aria-label={t(`mark.${mark}`)} data-mark={mark}>
            {SHAPES[mark]}
          </svg>
          {count > 1 ? <span>{count}</span> : null}
        </span>
      ))}
      {more > 0 ? <span className={classes.token}>+{more}</span> : null}
    </span>
  )
}
