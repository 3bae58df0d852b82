import { useEffect, useState } from 'react'
import { copyText } from '../copy-id/copy-text.ts'
import classes from './ValueTree.module.css'
import { useWords } from './words.ts'

/** Milliseconds that "Copied" stays. */
const SHOWN_MS = 1_500

/** Puts a text on the clipboard, and says so. */
export const CopyButton = ({
  text,
  label,
  isQuiet = false,
}: {
  readonly text: () => string
  readonly label: string
  readonly isQuiet?: boolean
}) => {
  const t = useWords()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const words = t('copyOf', { label })
  return (
    <button
      type="button"
      className={isQuiet ? `${classes.copy} ${classes.quietCopy}` : classes.copy}
      aria-label={words}
      title={words}
      onClick={() => void copyText(text()).then(() => setCopied(true))}
    >
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {isCopied ? <path d="M1.5 6.5l3 3 6-7" /> : <path d="M4 3.5V1.5h6.5V8h-2M1.5 4H8v6.5H1.5z" />}
      </svg>
      <output className="mr-unseen">{isCopied ? t('copied') : ''}</output>
    </button>
  )
}
