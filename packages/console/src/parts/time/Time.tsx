import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { fullTime, shortTime, spanOf } from '../../app/time/format.ts'
import { useNow } from '../../app/time/use-now.ts'
import { useTimeStyle } from '../../app/time/use-time-style.ts'

/** When something happened or will; the full time on hover. */
export const Time = ({ ms }: { readonly ms: number }) => {
  const style = useTimeStyle()
  const now = useNow()
  return (
    <time dateTime={new Date(ms).toISOString()} title={fullTime(ms, style)}>
      {shortTime(ms, now, style)}
    </time>
  )
}

/** How long ago, or how long it took. */
export const useSpanText = (): ((ms: number) => string) => {
  const { t } = useTranslation()
  return useCallback(
    (ms) => {
      const { unit, count } = spanOf(ms)
      return t(`span.${unit}`, { count })
    },
    [t],
  )
}

/** Time since then: "3 h". Counts on. */
export const Age = ({ ms }: { readonly ms: number }) => {
  const style = useTimeStyle()
  const now = useNow()
  const spanText = useSpanText()
  return (
    <time dateTime={new Date(ms).toISOString()} title={fullTime(ms, style)}>
      {spanText(now - ms)}
    </time>
  )
}
