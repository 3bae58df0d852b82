import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/Button.tsx'
import { copyText } from '../copy-id/copy-text.ts'
import classes from './Secret.module.css'

/** A secret that is shown once, with the way to take it along. */
export const Secret = ({ text }: { readonly text: string }) => {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  return (
    <div className={classes.root}>
      <code className={classes.text}>{text}</code>
      <Button size="small" onClick={() => void copyText(text).then(() => setCopied(true))}>
        {isCopied ? t('id.copied') : t('secret.copy')}
      </Button>
    </div>
  )
}
