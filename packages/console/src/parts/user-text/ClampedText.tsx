import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/Button.tsx'
import classes from './ClampedText.module.css'

/** A text is put on the page whole up to here; the rest only on demand, for a browser lays out every letter. */
const FIRST_LETTERS = 2_000

export interface ClampedTextProps {
  readonly children: string
  /** What it is on the page: a heading is clamped earlier. */
  readonly as?: 'div' | 'h1' | 'h2'
  /** Lines shown before "Show all"; 6 unless said. */
  readonly lines?: number
  readonly id?: string
  readonly className?: string | undefined
}

/** Text by people of any length: a few lines, then its length and "Show all". A heading can be focused by the page. */
export const ClampedText = ({ children, as: Tag = 'div', lines = 6, id, className = '' }: ClampedTextProps) => {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [isLong, setLong] = useState(children.length > FIRST_LETTERS)
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null || isOpen) return
    setLong(children.length > FIRST_LETTERS || element.scrollHeight > element.clientHeight + 1)
  }, [children, isOpen])
  const shown = isOpen ? children : children.slice(0, FIRST_LETTERS)
  return (
    <div className={classes.frame}>
      <Tag
        ref={(element: HTMLElement | null) => {
          box.current = element
        }}
        id={id}
        tabIndex={Tag === 'div' ? undefined : -1}
        dir="auto"
        className={`${classes.text} ${isOpen ? '' : classes.clamped} ${className}`}
        style={{ '--lines': lines }}
      >
        {shown}
      </Tag>
      {isLong ? (
        <Button look="quiet" size="small" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t('text.showLess') : t('text.showAll', { length: new Intl.NumberFormat(i18n.language).format(children.length) })}
        </Button>
      ) : null}
    </div>
  )
}
