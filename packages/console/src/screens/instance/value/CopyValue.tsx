import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../parts/button/Button.tsx'

/** Puts a value on the clipboard, where the browser has one. */
export const CopyValue = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  // Browsers give it only to secure pages: on plain http the text is still there to be selected.
  const { clipboard } = navigator as { readonly clipboard?: Clipboard }
  if (clipboard === undefined) return null
  const copy = async () => {
    await clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <Button look="quiet" size="small" aria-label={t('value.copyOf', { name: label })} onClick={() => void copy()}>
      {isCopied ? t('id.copied') : t('value.copy')}
    </Button>
  )
}
