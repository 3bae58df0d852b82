import type { HistoryEntry } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { clockTime, fullTime } from '../../../app/time/format.ts'
import { useTimeStyle } from '../../../app/time/use-time-style.ts'
import { places, Sentence } from '../../../i18n/sentence.tsx'
import { PeopleNames, PersonName } from '../../../parts/person/PersonName.tsx'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import { ValueTree } from '../../../parts/value/ValueTree.tsx'
import classes from './FactList.module.css'
import { tellFact } from './tell-fact.ts'

export interface FactListProps {
  readonly facts: readonly HistoryEntry[]
  /** The step is known from around: it is not named in every line. */
  readonly isOfOneStep?: boolean
  readonly titleOf?: (node: string) => string
}

/** Facts in order: when, what, who and on whose behalf; all that a fact says is one press away. */
export const FactList = ({ facts, isOfOneStep = false, titleOf = (node) => node }: FactListProps) => (
  <ol className={classes.list}>
    {facts.map((fact) => (
      <FactRow key={fact.seq} fact={fact} isOfOneStep={isOfOneStep} titleOf={titleOf} />
    ))}
  </ol>
)

/** Letters of what somebody wrote, within the sentence; its details hold all of it. */
const MOST_TEXT = 300

const FactRow = ({
  fact,
  isOfOneStep,
  titleOf,
}: {
  readonly fact: HistoryEntry
  readonly isOfOneStep: boolean
  readonly titleOf: (node: string) => string
}) => {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const { key, params, who } = tellFact(fact)
  const text = (name: string) => <UserText most={MOST_TEXT}>{params[name] ?? ''}</UserText>
  const parts = {
    node: (
      <strong className={classes.node}>
        <UserText most={80}>{titleOf(fact.node ?? '')}</UserText>
      </strong>
    ),
    who: <PeopleNames principals={who} />,
    code: <code>{params.code}</code>,
    task: <code>{params.task}</code>,
    message: text('message'),
    reason: text('reason'),
    route: text('route'),
    name: text('name'),
    text: text('text'),
    number: params.number,
    status: params.status,
  }
  const about = Object.keys(fact.details).length === 0 ? undefined : fact.details
  return (
    <li className={classes.fact}>
      <time className={classes.time} dateTime={new Date(fact.atMs).toISOString()} title={fullTime(fact.atMs, style)}>
        {clockTime(fact.atMs, style, true)}
      </time>
      <div className={classes.what}>
        <p>
          {fact.node === undefined || isOfOneStep ? null : <>{parts.node} </>}
          <Sentence text={key === undefined ? fact.type : t(`fact.${key}`, PLACES)} parts={parts} />
          {fact.by === undefined ? null : (
            <span className={classes.by}>
              {' · '}
              <PersonName principal={fact.by} />
              {fact.onBehalfOf === undefined ? null : (
                <>
                  {' '}
                  {t('history.for')} <PersonName principal={fact.onBehalfOf} />
                </>
              )}
            </span>
          )}
        </p>
        {about === undefined ? null : (
          <details className={classes.details}>
            <summary>
              {t('history.details')} <span className={classes.seq}>{fact.seq}</span>
            </summary>
            <ValueTree value={about} label={t('history.details')} />
          </details>
        )}
      </div>
    </li>
  )
}

const PLACES = places('who', 'code', 'task', 'message', 'reason', 'route', 'name', 'text', 'number', 'status')
