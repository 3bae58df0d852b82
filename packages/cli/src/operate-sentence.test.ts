import { OPERATE_CODES, type OperateLine } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { operateCommand, operateSentence } from './operate-sentence.ts'

const HOUR_MS = 3_600_000

/** As the engine writes them. */
const LINES: { readonly [C in OperateLine['code']]: readonly [Partial<OperateLine>, sentence: string, command: string | undefined] } = {
  READ_ONLY: [{ params: { reason: 'The disk is full.' } }, 'the server only shows and changes nothing: The disk is full.', undefined],
  DISK_LOW: [{ params: { freeBytes: 500_000_000 } }, 'the disk is nearly full: 500 MB are free', undefined],
  STALE: [{ count: 2, link: { to: 'doctor', query: {} } }, '2 instances do not move and nothing explains why', 'millrace doctor'],
  INCIDENTS: [
    {
      count: 23,
      params: {
        workflow: 'refund',
        workflowTitle: 'Refund',
        node: 'charge',
        nodeTitle: 'Charge',
        message: 'HTTP 503',
        code: 'TASK_FAILED',
      },
      link: { to: 'incidents', query: { group: 'ab12' } },
    },
    '23 instances of Refund failed at Charge: HTTP 503 (TASK_FAILED)',
    'millrace incident list --group ab12',
  ],
  NOBODY: [
    { count: 4, link: { to: 'inbox', query: { view: 'all', trouble: 'nobody' } } },
    '4 work items have nobody who can answer',
    'millrace inbox --view all --trouble nobody',
  ],
  OVERDUE: [
    { params: { afterMs: 60_000 }, link: { to: 'instances', query: { trouble: 'overdue', before: '2026-03-03T12:00:00.000Z' } } },
    '1 instance has a timer or retry more than 1 min past its time',
    'millrace instance list --trouble overdue --before 2026-03-03T12:00:00.000Z',
  ],
  SCHEDULED_MISSED: [
    { count: 2, params: { afterMs: 60_000 }, link: { to: 'instances', query: { trouble: 'missed', before: '2026-03-03T12:00:00.000Z' } } },
    '2 scheduled starts are more than 1 min past their time',
    'millrace instance list --trouble missed --before 2026-03-03T12:00:00.000Z',
  ],
  QUEUED_LONG: [
    { params: { afterMs: HOUR_MS }, link: { to: 'instances', query: { trouble: 'queued', before: '2026-03-03T12:00:00.000Z' } } },
    '1 instance has been queued for more than 1 h',
    'millrace instance list --trouble queued --before 2026-03-03T12:00:00.000Z',
  ],
  LATE: [
    { count: 5, link: { to: 'inbox', query: { view: 'all', trouble: 'late' } } },
    '5 work items are late',
    'millrace inbox --view all --trouble late',
  ],
  SUSPENDED_LONG: [
    {
      count: 2,
      params: { afterMs: 24 * HOUR_MS },
      link: { to: 'instances', query: { trouble: 'suspended', before: '2026-03-03T12:00:00.000Z' } },
    },
    '2 instances have been suspended for more than 1 d',
    'millrace instance list --trouble suspended --before 2026-03-03T12:00:00.000Z',
  ],
  FAILED: [
    {
      count: 3,
      params: { withinMs: 24 * HOUR_MS },
      link: { to: 'instances', query: { status: 'FAILED', endedFrom: '2026-03-02T12:00:00.000Z' } },
    },
    '3 instances have failed within 1 d',
    'millrace instance list --status FAILED --ended-from 2026-03-02T12:00:00.000Z',
  ],
}

test.each(OPERATE_CODES)('%s is a sentence, and a command that lists its rows', (code) => {
  const [more, sentence, command] = LINES[code]
  const line = { code, count: 1, params: {}, ...more }
  expect([operateSentence(line), operateCommand(line)]).toEqual([sentence, command])
})

test('code that was stopped as a whole has no step', () => {
  const params = { workflow: 'refund', message: 'Killed twice', code: 'RUNNER_KILLED' }
  expect(operateSentence({ code: 'INCIDENTS', count: 1, params })).toBe('1 instance of refund cannot go on: Killed twice (RUNNER_KILLED)')
})
