import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/Button.tsx'
import classes from './ClampedText.module.css'

/** A text is put on the page whole up to here; the rest only on demand, for a browser lays out every letter. */
const FIRST_LETTERS = 2_000

/** Text by people of any length: six lines, then its length and "Show all". */
export const ClampedText = ({ children }: { readonly children: string }) => {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [isLong, setLong] = useState(children.length > FIRST_LETTERS)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null || isOpen) return
    setLong(children.length > FIRST_LETTERS || element.scrollHeight > element.clientHeight + 1)
  }, [children, isOpen])
  const shown = isOpen ? children : children.slice(0, FIRST_LETTERS)
  return (
    <div>
      <div ref={box} dir="auto" className={isOpen ? classes.text : `${classes.text} ${classes.clamped}`}>
        {shown}
      </div>
      {isLong ? (
        <Button look="quiet" size="small" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t('text.showLess') : t('text.showAll', { length: new Intl.NumberFormat(i18n.language).format(children.length) })}
        </Button>
      ) : null}
    </div>
  )
}
