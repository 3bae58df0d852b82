import { WHY_CODES, type Why } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { whySentence } from './why-sentence.ts'

const NOW = Date.parse('2026-03-03T12:00:00')
const HOUR = 3_600_000
const CHILD = '0198c1f2-0000-7000-8000-3fa94b7c21d0'

const why = (code: Why['code'], more: Partial<Why> = {}): Why => ({
  code,
  params: {},
  sinceMs: NOW - 2 * HOUR,
  blockers: [],
  who: [],
  more: 0,
  ...more,
})

/** As the kernel and the host write them. */
const SENTENCES: { readonly [C in Why['code']]: readonly (readonly [Why, string])[] } = {
  PERSON: [
    [why('PERSON', { who: ['group:finance'], nextAtMs: NOW + 3 * HOUR }), 'waits for group finance since 2 h, due in 3 h'],
    [why('PERSON', { who: ['user:ana'], nextAtMs: NOW - HOUR, more: 2 }), 'waits for ana since 2 h, 1 h late, and 2 more'],
    [why('PERSON', { who: ['user:ana', 'group:editors'] }), 'waits for ana or group editors since 2 h'],
  ],
  NOBODY: [[why('NOBODY', { who: ['group:empty'] }), 'waits for group empty, but nobody there can answer: add a member, or delegate it']],
  RETRY: [
    [
      why('RETRY', { params: { title: 'Charge', attempt: 2, attempts: 3 }, nextAtMs: Date.parse('2026-03-03T14:05:00') }),
      'retry 2 of 3 of step Charge at 14:05',
    ],
    [
      why('RETRY', { params: { node: 'charge', attempt: 2, attempts: 3 }, nextAtMs: Date.parse('2026-03-04T09:00:00') }),
      'retry 2 of 3 of step charge at 2026-03-04 09:00',
    ],
    [
      why('RETRY', { params: { title: 'Charge', attempt: 2, attempts: 3, asked: true }, nextAtMs: Date.parse('2026-03-03T14:05:00') }),
      'retry 2 of 3 of step Charge at 14:05, as the service asked',
    ],
  ],
  TASK: [
    [
      why('TASK', { params: { title: 'Charge', task: 'http.request', attempt: 1, attempts: 3 }, sinceMs: NOW - 5000 }),
      'step Charge runs http.request, try 1 of 3, since 5 s',
    ],
  ],
  CALLBACK: [[why('CALLBACK', { params: { title: 'Sign' } }), 'step Sign waits for its callback since 2 h']],
  MESSAGE: [
    [why('MESSAGE', { params: { title: 'Paid', message: 'paid', key: 'A1' } }), 'step Paid waits for message paid with key A1'],
    [why('MESSAGE', { params: { title: 'Paid', message: 'paid' }, nextAtMs: NOW + HOUR }), 'step Paid waits for message paid until 13:00'],
  ],
  TIMER: [[why('TIMER', { params: { title: 'Pause' }, nextAtMs: NOW + HOUR }), 'step Pause waits until 13:00']],
  CHILD: [
    [
      why('CHILD', { params: { title: 'Translate', workflow: 'translate' }, blockers: [['instance', CHILD]] }),
      'step Translate waits for translate 4b7c21d0',
    ],
  ],
  QUEUED: [
    [
      why('QUEUED', { params: { position: 2, lock: 'deployment:web' }, blockers: [['instance', CHILD]] }),
      'queued at 2 behind 4b7c21d0 on deployment:web',
    ],
    [why('QUEUED'), 'queued'],
  ],
  SCHEDULED: [[why('SCHEDULED', { nextAtMs: NOW + 3 * HOUR }), 'starts in 3 h']],
  SUSPENDED: [[why('SUSPENDED', { params: { reason: 'holiday' } }), 'suspended since 2 h: holiday']],
  CANCELLING: [[why('CANCELLING', { nextAtMs: NOW + 30_000 }), 'is being cancelled; what has not stopped ends in 30 s']],
  INCIDENT: [
    [
      why('INCIDENT', { params: { node: 'charge', title: 'Charge', code: 'HTTP_STATUS', message: 'POST answered 503.' } }),
      'incident on step Charge: HTTP_STATUS: POST answered 503.',
    ],
    [why('INCIDENT', { params: { code: 'RUNNER_KILLED', message: 'Twice.' } }), 'incident: RUNNER_KILLED: Twice.'],
  ],
  CODE: [[why('CODE', { sinceMs: NOW - 1000 }), 'its code runs since 1 s']],
  JOIN: [[why('JOIN', { params: { title: 'Both' } }), 'step Both waits for the other branches']],
  STALE: [[why('STALE'), 'nothing explains why it does not move: run "millrace doctor --repair"']],
}

test.each(WHY_CODES.flatMap((code) => SENTENCES[code].map(([data, sentence]) => [code, data, sentence] as const)))(
  '%s',
  (_, data, sentence) => {
    expect(whySentence(data, NOW)).toBe(sentence)
  },
)

test('a title cannot write to the terminal', () => {
  expect(whySentence(why('TIMER', { params: { title: '\u001b]0;owned\u0007Pay\nnow' } }), NOW)).toBe('step ]0;ownedPay now waits')
})
