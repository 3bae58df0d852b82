import type { Why } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../app/time/use-now.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { shortId } from '../copy-id/CopyId.tsx'
import { PeopleNames } from '../person/PersonName.tsx'
import { Time, useSpanText } from '../time/Time.tsx'
import { UserText } from '../user-text/UserText.tsx'

/** Letters of a name, and of what somebody wrote, within the sentence. */
const MOST_NAME = 80
const MOST_TEXT = 240

export interface WhyLineProps {
  readonly why: Why
  /** The instance it is about, so that its steps become links. */
  readonly instance?: string
  /** Plain words only, inside something that is itself a link. */
  readonly isPlain?: boolean
  /** On the page of the work item itself, whose title stands above. */
  readonly isHere?: boolean
}

/**
 * Why an instance is not moving, in one sentence of the reader's language, written from data (CONSOLE rule 2): the same in lists, header, graph
 * and palette.
 */
export const WhyLine = ({ why, instance, isPlain = false, isHere = false }: WhyLineProps) => {
  const { t } = useTranslation()
  const now = useNow()
  const spanText = useSpanText()
  const { params } = why
  const text = (name: string): string | undefined => {
    const value = params[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }

  const to = (element: ReactNode, link: (children: ReactNode) => ReactNode): ReactNode => (isPlain ? element : link(element))
  const stepNumber = text('step')
  const step = to(<UserText most={MOST_NAME}>{text('title') ?? text('node') ?? '?'}</UserText>, (children) =>
    instance === undefined || stepNumber === undefined ? (
      children
    ) : (
      <Link to="/instances/$id" params={{ id: instance }} search={{ step: Number(stepNumber) }}>
        {children}
      </Link>
    ),
  )
  const instances = why.blockers.filter(([noun]) => noun === 'instance')
  const blockers = instances.map(([, id], at) => (
    <Fragment key={id}>
      {at > 0 ? ', ' : null}
      {to(<span className="mr-mono">{shortId(id)}</span>, (children) => (
        <Link to="/instances/$id" params={{ id }}>
          {children}
        </Link>
      ))}
    </Fragment>
  ))
  const itemId = why.blockers.find(([noun]) => noun === 'work-item')?.[1]
  const item = to(<UserText most={MOST_NAME}>{text('item') ?? text('title') ?? ''}</UserText>, (children) =>
    itemId === undefined ? (
      children
    ) : (
      <Link to="/work-items/$id" params={{ id: itemId }}>
        {children}
      </Link>
    ),
  )
  const lockName = text('lock') ?? (Array.isArray(params.locks) ? params.locks.join(', ') : undefined)

  const parts: { readonly [name: string]: ReactNode } = {
    who: <PeopleNames principals={why.who} />,
    since: <Time ms={why.sinceMs} />,
    next: why.nextAtMs === undefined ? null : <Time ms={why.nextAtMs} />,
    span: why.nextAtMs === undefined ? null : spanText(Math.abs(why.nextAtMs - now)),
    step,
    item,
    blockers,
    lock: (
      <UserText className="mr-mono" most={MOST_NAME}>
        {lockName ?? ''}
      </UserText>
    ),
    task: <span className="mr-mono">{text('task') ?? ''}</span>,
    message: <UserText most={MOST_TEXT}>{text('message') ?? ''}</UserText>,
    code: <code>{text('code') ?? ''}</code>,
    reason: <UserText most={MOST_TEXT}>{text('reason') ?? ''}</UserText>,
    workflow: <UserText most={MOST_NAME}>{text('workflow') ?? ''}</UserText>,
    attempt: text('attempt'),
    attempts: text('attempts'),
    position: text('position'),
  }
  const say = (key: Key): string => t(`why.${key}`, ALL_PLACES)
  const isLate = why.nextAtMs !== undefined && why.nextAtMs < now
  const withDue = (why.code === 'PERSON' || why.code === 'NOBODY' || why.code === 'MESSAGE') && why.nextAtMs !== undefined
  const withItem = !isHere && (why.code === 'PERSON' || why.code === 'NOBODY')
  return (
    <span data-why={why.code}>
      <Sentence text={say(keyOf(why, text))} parts={parts} />
      {withDue ? <Sentence text={say(isLate ? 'late' : 'due')} parts={parts} /> : null}
      {why.more > 0 ? t('why.more', { count: why.more }) : null}
      {withItem ? <Sentence text={say('item')} parts={parts} /> : null}
    </span>
  )
}

type Key = Why['code'] | 'INCIDENT_WHOLE' | 'QUEUED_OWN' | 'SUSPENDED_REASON' | 'TASK_ONCE' | 'CANCELLING_UNTIL' | 'due' | 'late' | 'item'

/** Some codes have a second sentence, for where the data lacks something. */
const keyOf = (why: Why, text: (name: string) => string | undefined): Key => {
  switch (why.code) {
    case 'INCIDENT':
      return text('title') === undefined && text('node') === undefined ? 'INCIDENT_WHOLE' : 'INCIDENT'
    case 'QUEUED':
      return why.blockers.length === 0 ? 'QUEUED_OWN' : 'QUEUED'
    case 'SUSPENDED':
      return text('reason') === undefined ? 'SUSPENDED' : 'SUSPENDED_REASON'
    case 'TASK':
      return text('attempts') === '1' || text('attempt') === undefined ? 'TASK_ONCE' : 'TASK'
    case 'CANCELLING':
      return why.nextAtMs === undefined ? 'CANCELLING' : 'CANCELLING_UNTIL'
    default:
      return why.code
  }
}

const ALL_PLACES = places(
  'who',
  'since',
  'next',
  'span',
  'step',
  'item',
  'blockers',
  'lock',
  'task',
  'message',
  'code',
  'reason',
  'workflow',
  'attempt',
  'attempts',
  'position',
)
