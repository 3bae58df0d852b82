import type { Preview } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { places, Sentence } from '../../../i18n/sentence.tsx'
import { Notice } from '../../../parts/notice/Notice.tsx'
import { PeopleNames } from '../../../parts/person/PersonName.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import { jsonLine } from '../json-line.ts'
import classes from './PreviewView.module.css'

/** What an action would do, as the server decided it on a copy: one sentence each, what cannot be undone first. */
export const PreviewView = ({ preview }: { readonly preview: Preview }) => {
  const { t } = useTranslation()
  if (preview.refused !== undefined) return <Notice tone="warning">{preview.refused.message}</Notice>
  const lines = linesOf(preview)
  const { status } = preview
  return (
    <div className={classes.preview}>
      <h3 className={classes.title}>{t('preview.title')}</h3>
      <ul>
        <li>
          <Sentence
            text={t(status.from === status.to ? 'preview.statusStays' : 'preview.status', PLACES)}
            parts={{
              from: <StatusWord status={status.from} />,
              to: <StatusWord status={status.to} />,
              status: <StatusWord status={status.to} />,
            }}
          />
        </li>
        {lines.map(({ key, text, parts, isGrave }, at) => (
          <li key={`${key} ${at}`} data-grave={isGrave || undefined}>
            <Sentence
              text={t(`preview.${key}`, PLACES)}
              parts={{ ...parts, ...(text === undefined ? {} : { title: <UserText>{text}</UserText> }) }}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

const PLACES = places('title', 'who', 'task', 'key', 'time', 'from', 'to', 'lock', 'instance', 'status')

interface Line {
  readonly key: LineKey
  readonly text?: string
  readonly parts?: { readonly [name: string]: ReactNode }
  /** The world may feel it: it is marked. */
  readonly isGrave?: boolean
}

type LineKey =
  | 'runsAgain'
  | 'repeats'
  | 'runs'
  | 'attemptAborted'
  | 'itemWithdrawn'
  | 'stepEnded'
  | 'stepOpened'
  | 'dataSet'
  | 'dataChanged'
  | 'dataRemoved'
  | 'lockReleased'
  | 'runsCode'
  | 'otherStarts'
  | 'otherChanges'

const linesOf = (preview: Preview): readonly Line[] => {
  const mono = (text: string) => <code>{text}</code>
  const withdrawn = new Set(preview.itemsWithdrawn.map(({ step }) => step))
  const aborted = new Set(preview.attemptsAborted.map(({ step }) => step))
  const started = new Set(preview.attemptsStarted.map(({ step }) => step))
  return [
    ...preview.attemptsStarted.map(
      ({ title, task, key, again }): Line => ({
        key: again ? 'runsAgain' : 'runs',
        text: title,
        parts: { task: mono(task), key: mono(key) },
        isGrave: again,
      }),
    ),
    ...preview.repeats.map(
      ({ title, task, key, atMs }): Line => ({
        key: 'repeats',
        text: title,
        parts: { task: mono(task), key: mono(key), time: <Time ms={atMs} /> },
        isGrave: true,
      }),
    ),
    ...preview.attemptsAborted.map(
      ({ title, task }): Line => ({ key: 'attemptAborted', text: title, parts: { task: mono(task) }, isGrave: true }),
    ),
    ...preview.itemsWithdrawn.map(
      ({ title, who }): Line => ({ key: 'itemWithdrawn', text: title, parts: { who: <PeopleNames principals={who} /> } }),
    ),
    ...preview.stepsEnded
      .filter(({ step }) => !withdrawn.has(step) && !aborted.has(step))
      .map(({ title }): Line => ({ key: 'stepEnded', text: title })),
    ...preview.stepsOpened.filter(({ step }) => !started.has(step)).map(({ title }): Line => ({ key: 'stepOpened', text: title })),
    ...preview.dataChanged.map(
      ({ name, from, to }): Line => ({
        key: to === undefined ? 'dataRemoved' : from === undefined ? 'dataSet' : 'dataChanged',
        text: name,
        parts: { from: mono(jsonLine(from)), to: mono(jsonLine(to)) },
      }),
    ),
    ...preview.locksReleased.map((lock): Line => ({ key: 'lockReleased', parts: { lock: mono(lock) } })),
    ...(preview.runsCode ? [{ key: 'runsCode' } satisfies Line] : []),
    ...preview.others.map(
      ({ instance, title, status }): Line => ({
        key: status.from === undefined ? 'otherStarts' : 'otherChanges',
        parts: {
          instance: (
            <Link to="/instances/$id" params={{ id: instance }} target="_blank">
              <UserText>{title}</UserText>
            </Link>
          ),
          status: <StatusWord status={status.to} />,
        },
      }),
    ),
  ]
}

const STATUSES = ['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING', 'COMPLETED', 'FAILED', 'ABORTED'] as const

const StatusWord = ({ status }: { readonly status: string }) => {
  const { t } = useTranslation()
  const known = STATUSES.find((each) => each === status)
  return known === undefined ? status : t(`status.${known}`)
}
