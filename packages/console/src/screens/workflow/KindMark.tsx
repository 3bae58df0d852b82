import { useTranslation } from 'react-i18next'
import classes from './KindMark.module.css'

/** Graph or code, as a small drawing and a word. */
export const KindMark = ({ kind }: { readonly kind: 'graph' | 'code' }) => {
  const { t } = useTranslation()
  return (
    <span className={classes.root}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {kind === 'graph' ? <path d="M1 1h4v3H1zM7 8h4v3H7zM3 4v5.5h4" /> : <path d="M4 2.5L1 6l3 3.5M8 2.5L11 6 8 9.5" />}
      </svg>
      {t(`workflows.kind.${kind}`)}
    </span>
  )
}
