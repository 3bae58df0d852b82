import { useTranslation } from 'react-i18next'
import { fullTime } from '../../app/time/format.ts'
import { useNow } from '../../app/time/use-now.ts'
import { useTimeStyle } from '../../app/time/use-time-style.ts'
import { StatusMark } from '../status-mark/StatusMark.tsx'
import classes from './Due.module.css'
import { useSpanText } from './Time.tsx'

/** What is left until it is due ("3 h"), or how late it is, with a red mark ("2 d late"). */
export const Due = ({ ms }: { readonly ms: number }) => {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  const spanText = useSpanText()
  const isLate = ms < now
  return (
    <time
      className={isLate ? classes.late : classes.due}
      dateTime={new Date(ms).toISOString()}
      title={t('due.title', { time: fullTime(ms, style) })}
    >
      {isLate ? <StatusMark mark="incident" word={t('due.mark')} size={10} /> : null}
      {isLate ? t('due.late', { span: spanText(now - ms) }) : spanText(ms - now)}
    </time>
  )
}
