import { useTranslation } from 'react-i18next'
import { useSpanText } from '../../parts/time/Time.tsx'

/** How long something took; what machines do within a second is told to the millisecond. */
export const useLengthText = (): ((ms: number) => string) => {
  const { t } = useTranslation()
  const spanText = useSpanText()
  return (ms) => (ms < 1_000 ? t('step.ms', { count: ms }) : spanText(ms))
}
