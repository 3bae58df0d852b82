import type { Problem } from '@millrace/model'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import classes from './ProblemList.module.css'
import { useModelWords } from './words.ts'

/** Everything that is wrong: sentence, hint, code; a press goes to the place. */
export const ProblemList = ({
  problems,
  onGoTo,
}: {
  readonly problems: readonly Problem[]
  readonly onGoTo: (problem: Problem) => void
}) => {
  const t = useModelWords()
  if (problems.length === 0) return null
  return (
    <ul className={classes.list} aria-label={t('problems')}>
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.line} ${problem.column} ${problem.message}`}>
          <button type="button" className={classes.row} onClick={() => onGoTo(problem)}>
            <StatusMark mark={problem.severity === 'error' ? 'incident' : 'person'} withWord word={t('line', { line: problem.line })} />{' '}
            {problem.message} <span className={classes.code}>{problem.code}</span>
            {problem.hint === undefined ? null : <span className={classes.hint}>{problem.hint}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
