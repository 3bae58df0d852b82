import { useTranslation } from 'react-i18next'
import { clockTime } from '../../../app/time/format.ts'
import { useTimeStyle } from '../../../app/time/use-time-style.ts'
import { StatusMark } from '../../../parts/status-mark/StatusMark.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { ClampedText } from '../../../parts/user-text/ClampedText.tsx'
import { ValueTree } from '../../../parts/value/ValueTree.tsx'
import { useLengthText } from '../use-length-text.ts'
import classes from './AttemptList.module.css'
import type { Attempt } from './steps-of.ts'

/** Every try, newest first, and what differs from the one before. */
export const AttemptList = ({ attempts }: { readonly attempts: readonly Attempt[] }) => (
  <ol className={classes.list}>
    {attempts
      .map((attempt, at) => <AttemptRow key={`${attempt.number} ${attempt.fromMs}`} attempt={attempt} before={attempts[at - 1]} />)
      .toReversed()}
  </ol>
)

const AttemptRow = ({ attempt, before }: { readonly attempt: Attempt; readonly before: Attempt | undefined }) => {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const lengthText = useLengthText()
  const { error, output, fromMs, toMs, retryAtMs } = attempt
  const isSame = error !== undefined && before?.error?.code === error.code && before.error.message === error.message
  const mark = error !== undefined ? 'failed' : toMs === undefined ? 'running' : 'completed'
  return (
    <li className={classes.attempt}>
      <p className={classes.line}>
        <StatusMark mark={mark} />
        <span className={classes.number}>{t('step.try', { number: attempt.number })}</span>
        <span className={classes.muted}>
          {clockTime(fromMs, style, true)}
          {toMs === undefined ? null : <> · {lengthText(toMs - fromMs)}</>}
        </span>
        {retryAtMs === undefined ? null : (
          <span className={classes.muted}>
            {t('step.nextTry')} <Time ms={retryAtMs} />
          </span>
        )}
      </p>
      {error === undefined ? null : isSame ? (
        <p className={classes.muted}>{t('step.sameError')}</p>
      ) : (
        <div className={classes.error}>
          <code>{error.code}</code> <ClampedText>{error.message}</ClampedText>
        </div>
      )}
      {output === undefined ? null : <ValueTree value={output} label={t('step.part.output')} />}
    </li>
  )
}
