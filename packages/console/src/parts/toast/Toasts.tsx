import { useTranslation } from 'react-i18next'
import { useCell } from '../../data/cell.ts'
import { Button } from '../button/Button.tsx'
import { Icon } from '../icon/Icon.tsx'
import { StatusMark } from '../status-mark/StatusMark.tsx'
import classes from './Toasts.module.css'
import { dismissToast, toasts } from './toasts.ts'

export const Toasts = () => {
  const { t } = useTranslation()
  const shown = useCell(toasts)
  return (
    <div className={classes.root} role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <div key={id} className={classes.toast}>
          {tone === 'error' ? <StatusMark mark="incident" /> : null}
          <span className={classes.text} dir="auto">
            {text}
          </span>
          <Button look="quiet" size="small" isIcon aria-label={t('action.close')} onClick={() => dismissToast(id)}>
            <Icon name="close" size={12} />
          </Button>
        </div>
      ))}
    </div>
  )
}
