import type { Problem } from '@millrace/model'
import { Button } from '../../parts/button/Button.tsx'
import type { Checked } from '../../parts/editor/checked.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { useModelWords } from './words.ts'

export interface VerdictProps {
  readonly checked: Checked | undefined
  /** Of the check and of the server. */
  readonly problems: readonly Problem[]
  readonly onPlay?: (() => void) | undefined
}

/** What the check says, as a line. */
export const Verdict = ({ checked, problems, onPlay }: VerdictProps) => {
  const t = useModelWords()
  if (checked === undefined) return <span>{t('checking')}</span>
  const errors = problems.filter((problem) => problem.severity === 'error').length
  if (checked.verdict === 'unsound')
    return (
      <span>
        <StatusMark mark="incident" withWord word={t('unsound')} />
        {onPlay === undefined ? null : (
          <Button size="small" look="quiet" onClick={onPlay}>
            {t('play')}
          </Button>
        )}
      </span>
    )
  if (errors > 0) return <StatusMark mark="incident" withWord word={t('errors', { count: errors })} />
  const warnings = problems.length
  const states = checked.states ?? 0
  const word = checked.verdict === 'unknown' ? t('unknown', { states }) : states === 0 ? t('sound') : t('soundStates', { states })
  return (
    <span>
      <StatusMark mark={checked.verdict === 'unknown' ? 'person' : 'completed'} withWord word={word} />
      {warnings > 0 ? ` · ${t('warnings', { count: warnings })}` : null}
    </span>
  )
}
