import type { Instance } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PeopleNames, PersonName } from '../../../parts/person/PersonName.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { ClampedText } from '../../../parts/user-text/ClampedText.tsx'
import { ValueTree } from '../../../parts/value/ValueTree.tsx'
import { askedOf } from './asked-of.ts'
import type { StepRecord } from './steps-of.ts'
import classes from './WorkItemPart.module.css'

/** What a person was asked, who could answer, and what they did. */
export const WorkItemPart = ({ instance, step }: { readonly instance: Instance; readonly step: StepRecord }) => {
  const { t } = useTranslation()
  const { who, dueAtMs, comments } = askedOf(step.facts)
  return (
    <dl className={classes.facts}>
      <dt>{t('step.item.asked')}</dt>
      <dd>{who.length === 0 ? t('step.item.nobody') : <PeopleNames principals={who} />}</dd>
      {dueAtMs === undefined ? null : (
        <>
          <dt>{t('step.item.due')}</dt>
          <dd>
            <Time ms={dueAtMs} />
          </dd>
        </>
      )}
      {step.by === undefined ? null : (
        <>
          <dt>{t('step.item.decided')}</dt>
          <dd>
            <PersonName principal={step.by} />
            {step.onBehalfOf === undefined ? null : (
              <>
                {' '}
                {t('history.for')} <PersonName principal={step.onBehalfOf} />
              </>
            )}
            {step.route === undefined ? null : (
              <>
                {': '}
                <strong>{step.route}</strong>
              </>
            )}
          </dd>
        </>
      )}
      {step.data === undefined ? null : (
        <>
          <dt>{t('step.item.answer')}</dt>
          <dd>
            <ValueTree value={step.data} label={t('step.item.answer')} />
          </dd>
        </>
      )}
      {[
        ...comments,
        ...(step.comment === undefined || step.by === undefined ? [] : [{ by: step.by, atMs: step.endedAtMs ?? 0, text: step.comment }]),
      ].map(({ by, atMs, text }) => (
        <div key={`${by} ${atMs}`} className={classes.comment}>
          <dt>
            <PersonName principal={by} /> <Time ms={atMs} />
          </dt>
          <dd>
            <ClampedText>{text}</ClampedText>
          </dd>
        </div>
      ))}
      <div className={classes.comment}>
        <dt className="mr-unseen">{t('instance.open.work-item')}</dt>
        <dd>
          <Link to="/work-items/$id" params={{ id: `${instance.id}.${step.step}` }}>
            {t('instance.open.work-item')}
          </Link>
        </dd>
      </div>
    </dl>
  )
}
