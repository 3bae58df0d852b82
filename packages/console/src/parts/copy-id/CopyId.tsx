import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './CopyId.module.css'
import { copyText } from './copy-text.ts'

/** The part of an id that tells it from its neighbours: the first digits are the time it was made. */
export const shortId = (id: string): string => (id.length > 12 ? id.slice(-8) : id)

/** An id in mono, shortened, with the whole of it one press away. */
export const CopyId = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(id)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <button
      type="button"
      className={classes.root}
      title={id}
      aria-label={`${shortId(id)}: ${t('id.copy', { id })}`}
      onClick={() => void copy()}
    >
      <span>{shortId(id)}</span>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        {isCopied ? <path d="M1.5 6.5l3 3 6-7" /> : <path d="M4 3.5V1.5h6.5V8h-2M1.5 4H8v6.5H1.5z" />}
      </svg>
      <span className="mr-unseen" role="status">
        {isCopied ? t('id.copied') : ''}
      </span>
    </button>
  )
}
