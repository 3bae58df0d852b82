import type { Instance } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '../../../parts/button/Button.tsx'
import { StatusMark } from '../../../parts/status-mark/StatusMark.tsx'
import { TabLinks } from '../../../parts/tabs/TabLinks.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { ClampedText } from '../../../parts/user-text/ClampedText.tsx'
import { ValueTree } from '../../../parts/value/ValueTree.tsx'
import { type Action, canRetry } from '../action/actions.ts'
import { FactList } from '../history/FactList.tsx'
import { STEP_PARTS, type StepPart } from '../instance-search.ts'
import { AttemptList } from './AttemptList.tsx'
import classes from './StepDetail.module.css'
import { markOfRecord } from './step-mark.ts'
import type { StepRecord } from './steps-of.ts'
import { WorkItemPart } from './WorkItemPart.tsx'

export interface StepDetailProps {
  readonly instance: Instance
  readonly step: StepRecord
  readonly title: string
  readonly actions: readonly Action[]
  readonly onAction: (action: Action, step?: number) => void
  readonly part: StepPart | undefined
}

/** One step: what it was given, what came of it, each try, and everything that happened with it. */
export const StepDetail = ({ instance, step, title, actions, onAction, part }: StepDetailProps) => {
  const { t } = useTranslation()
  const open = instance.steps.find((each) => each.step === step.step)
  const parts = partsOf(step)
  const shown = part !== undefined && parts.includes(part) ? part : (parts[0] ?? 'log')
  const mark = markOfRecord(step, open, instance.status === 'SUSPENDED')
  const error = open?.incident ?? step.error
  return (
    <section className={classes.detail} aria-label={title}>
      <div className={classes.head}>
        <ClampedText as="h2" lines={3} className={classes.title}>
          {title}
        </ClampedText>
        <p className={classes.meta}>
          <StatusMark mark={mark} withWord word={step.end === undefined ? t(`mark.${mark}`) : t(`step.end.${step.end}`)} />
          <span>
            <Time ms={step.openedAtMs} />
            {step.endedAtMs === undefined ? null : (
              <>
                {' – '}
                <Time ms={step.endedAtMs} />
              </>
            )}
          </span>
          {step.task === undefined ? null : <code>{step.task}</code>}
          {step.message === undefined ? null : <code>{step.message}</code>}
          {step.run > 1 ? <span>{t('instance.run', { run: step.run })}</span> : null}
        </p>
        {open === undefined ? null : (
          <div className={classes.actions}>
            {actions.includes('retry') && canRetry(open) ? (
              <Button size="small" onClick={() => onAction('retry', step.step)}>
                {t('command.menu.retry')}
              </Button>
            ) : null}
            {open.waits === 'work-item' ? (
              <Link to="/work-items/$id" params={{ id: `${instance.id}.${step.step}` }} className={buttonClass({ size: 'small' })}>
                {t('instance.open.work-item')}
              </Link>
            ) : null}
            {actions.includes('skip') ? (
              <Button size="small" onClick={() => onAction('skip', step.step)}>
                {t('command.do.skip')}
              </Button>
            ) : null}
          </div>
        )}
        {step.child === undefined ? null : (
          <p>
            <Link to="/instances/$id" params={{ id: step.child }}>
              {t('instance.open.instance')}
            </Link>
          </p>
        )}
        {error === undefined || step.end === 'closed' || step.end === 'skipped' ? null : (
          <div className={classes.error}>
            <code>{error.code}</code>
            <ClampedText>{error.message}</ClampedText>
            {'stack' in error && error.stack !== undefined ? (
              <details>
                <summary>{t('step.stack')}</summary>
                <pre className={classes.stack}>{error.stack}</pre>
              </details>
            ) : null}
          </div>
        )}
      </div>
      <TabLinks label={t('step.parts')}>
        {parts.map((each) => (
          <Link
            key={each}
            from="/instances/$id"
            to="/instances/$id"
            params={{ id: instance.id }}
            search={(before) => ({ ...before, step: step.step, part: each })}
            replace
            resetScroll={false}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={each === shown ? 'page' : undefined}
          >
            {t(`step.part.${each}`)}
            {each === 'attempts' && step.attempts.length > 1 ? <span className={classes.count}>{step.attempts.length}</span> : null}
          </Link>
        ))}
      </TabLinks>
      <div className={classes.body}>
        {shown === 'output' ? <Output step={step} /> : null}
        {shown === 'input' && step.input !== undefined ? <ValueTree value={step.input} label={t('step.part.input')} /> : null}
        {shown === 'attempts' ? <AttemptList attempts={step.attempts} /> : null}
        {shown === 'log' ? <FactList facts={step.facts} isOfOneStep /> : null}
        {shown === 'item' ? <WorkItemPart instance={instance} step={step} /> : null}
      </div>
    </section>
  )
}

/** Only what there is something to say about; the first is shown unless another is chosen. */
const partsOf = (step: StepRecord): readonly StepPart[] => {
  const has: { readonly [P in StepPart]: boolean } = {
    output: step.output !== undefined || step.data !== undefined,
    input: step.input !== undefined,
    attempts: step.attempts.length > 0,
    log: true,
    item: step.waits === 'work-item',
  }
  // A failed or running task is asked about its tries; a person's step about who and how.
  const order: readonly StepPart[] = step.waits === 'work-item' ? ['item', 'output', 'input', 'log'] : STEP_PARTS
  return order.filter((part) => has[part])
}

const Output = ({ step }: { readonly step: StepRecord }) => {
  const { t } = useTranslation()
  return (
    <>
      {step.output === undefined ? null : <ValueTree value={step.output} label={t('step.part.output')} />}
      {step.data === undefined ? null : (
        <>
          <h3 className={classes.sub}>{t('step.dataSet')}</h3>
          <ValueTree value={step.data} label={t('step.dataSet')} />
        </>
      )}
    </>
  )
}
