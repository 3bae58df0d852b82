import { useTranslation } from 'react-i18next'
import type { Mark } from './mark.ts'
import classes from './StatusMark.module.css'
import { MARK_COLOURS, SHAPES } from './shape.tsx'

export interface StatusMarkProps {
  readonly mark: Mark
  /** The word beside the shape; without it the shape carries the word for screen readers. */
  readonly withWord?: boolean
  /** Another word than the mark's own: "Scheduled" for a timer, "Cancelling" for a slash. */
  readonly word?: string
  /** Pixels; 12 unless said. */
  readonly size?: number
}

/** Status: shape first, then colour, then word. */
export const StatusMark = ({ mark, withWord = false, word, size = 12 }: StatusMarkProps) => {
  const { t } = useTranslation()
  const text = word ?? t(`mark.${mark}`)
  return (
    <span className={classes.root} style={{ color: MARK_COLOURS[mark] }}>
      <svg
        viewBox="0 0 12 12"
        width={size}
        height={size}
        className={classes.shape}
        data-mark={mark}
        {...(withWord ? { 'aria-hidden': true } : { role: 'img', 'aria-label': text })}
      >
        {withWord ? null : <title>{text}</title>}
        {SHAPES[mark]}
      </svg>
      {withWord ? <span>{text}</span> : null}
    </span>
  )
}
