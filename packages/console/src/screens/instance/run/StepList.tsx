import type { Instance } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMedia } from '../../../app/use-media.ts'
import { PersonName } from '../../../parts/person/PersonName.tsx'
import { Row, rowLink } from '../../../parts/row/Row.tsx'
import { StatusMark } from '../../../parts/status-mark/StatusMark.tsx'
import { Age } from '../../../parts/time/Time.tsx'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import { WindowedRows } from '../../../parts/windowed-rows/WindowedRows.tsx'
import { useLengthText } from '../use-length-text.ts'
import classes from './StepList.module.css'
import { markOfRecord } from './step-mark.ts'
import type { StepRecord } from './steps-of.ts'

export interface StepListProps {
  readonly instance: Instance
  /** Newest first. */
  readonly steps: readonly StepRecord[]
  readonly titleOf: (step: StepRecord) => string
  readonly current: number | undefined
  readonly hasEarlier: boolean
  readonly isReadingEarlier: boolean
  readonly readEarlier: () => void
}

/** Rows a short list shows at once, without a window of its own. */
const MOST_ROWS = 7

/** All steps, newest first; earlier ones are read while scrolling down. */
export const StepList = ({ instance, steps, titleOf, current, hasEarlier, isReadingEarlier, readEarlier }: StepListProps) => {
  const { t } = useTranslation()
  const isCoarse = useMedia('(pointer: coarse)')
  const rowHeight = isCoarse ? 45 : 37
  const box = useRef<HTMLElement>(null)
  // The chosen step is in view, wherever it was chosen.
  useEffect(() => {
    box.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const rows = steps.map((step) => ({ id: String(step.step), step }))
  const isSuspended = instance.status === 'SUSPENDED'
  return (
    <section
      ref={box}
      className={classes.list}
      aria-label={t('step.list')}
      style={{ height: Math.min(Math.max(rows.length, 1), MOST_ROWS) * rowHeight }}
    >
      {rows.length === 0 ? (
        <p className={classes.none}>{t('step.noSteps')}</p>
      ) : (
        <WindowedRows
          label={t('step.list')}
          rows={rows}
          rowHeight={rowHeight}
          onNearEnd={hasEarlier && !isReadingEarlier ? readEarlier : undefined}
          foot={isReadingEarlier ? <p className={classes.none}>{t('step.readingEarlier')}</p> : null}
          renderRow={({ id, step }) => (
            <StepRow
              key={id}
              instance={instance}
              step={step}
              title={titleOf(step)}
              isCurrent={step.step === current}
              isSuspended={isSuspended}
            />
          )}
        />
      )}
    </section>
  )
}

interface StepRowProps {
  readonly instance: Instance
  readonly step: StepRecord
  readonly title: string
  readonly isCurrent: boolean
  readonly isSuspended: boolean
}

const StepRow = ({ instance, step, title, isCurrent, isSuspended }: StepRowProps) => {
  const { t } = useTranslation()
  const lengthText = useLengthText()
  const open = instance.steps.find((each) => each.step === step.step)
  const mark = markOfRecord(step, open, isSuspended)
  return (
    <Row isCurrent={isCurrent} isSelected={isCurrent}>
      <div className={classes.row}>
        <StatusMark mark={mark} word={step.end === undefined ? t(`mark.${mark}`) : t(`step.end.${step.end}`)} />
        <Link
          from="/instances/$id"
          to="/instances/$id"
          params={{ id: instance.id }}
          search={(before) => ({ ...before, step: step.step })}
          replace
          resetScroll={false}
          className={`${rowLink} ${classes.title}`}
          data-row={step.step}
          {...(isCurrent ? { 'aria-current': true as const } : {})}
        >
          <UserText>{title}</UserText>
          {step.pass !== undefined && step.pass > 1 ? <span className={classes.muted}> {t('step.pass', { pass: step.pass })}</span> : null}
        </Link>
        <span className={classes.muted}>
          {step.by !== undefined ? (
            <>
              <PersonName principal={step.by} />
              {step.route === undefined ? null : <> · {step.route}</>}
            </>
          ) : step.error !== undefined ? (
            <code>{step.error.code}</code>
          ) : step.task !== undefined ? (
            <code>{step.task}</code>
          ) : null}
        </span>
        <span className={classes.time}>
          {step.endedAtMs === undefined ? <Age ms={step.openedAtMs} /> : lengthText(step.endedAtMs - step.openedAtMs)}
        </span>
      </div>
    </Row>
  )
}
