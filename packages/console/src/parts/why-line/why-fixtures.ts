import type { Why } from '@millrace/protocol'

const NOW = Date.UTC(2026, 2, 12, 13, 2)
const HOUR = 3_600_000
const ID = '0190d9f2-0000-7000-8000-00000000abcd'

const why = (code: Why['code'], part: Partial<Why> = {}): Why => ({
  code,
  params: {},
  sinceMs: NOW - HOUR,
  blockers: [],
  who: [],
  more: 0,
  ...part,
})
const step = { node: 'charge', title: 'Charge', step: 3 }

/** One of each code: what the catalogue shows, and what the tests say in both languages (CONSOLE rule 2). */
export const WHY_FIXTURES: { readonly [C in Why['code']]: Why } = {
  PERSON: why('PERSON', {
    params: { ...step, item: 'Review /content/home' },
    who: ['user:ana', 'group:finance'],
    nextAtMs: NOW + 3 * HOUR,
    blockers: [['work-item', `${ID}.3`]],
    more: 2,
  }),
  NOBODY: why('NOBODY', {
    params: { ...step, item: 'Review /content/home' },
    who: ['group:nobody'],
    nextAtMs: NOW - HOUR,
    blockers: [['work-item', `${ID}.3`]],
  }),
  RETRY: why('RETRY', { params: { ...step, task: 'http.request', attempt: 2, attempts: 3 }, nextAtMs: NOW + 60_000 }),
  TASK: why('TASK', { params: { ...step, task: 'http.request', attempt: 1, attempts: 5 } }),
  CALLBACK: why('CALLBACK', { params: step }),
  MESSAGE: why('MESSAGE', { params: { ...step, message: 'paid', key: 'A-1' } }),
  TIMER: why('TIMER', { params: step, nextAtMs: NOW + HOUR }),
  CHILD: why('CHILD', { params: { ...step, workflow: 'refund' }, blockers: [['instance', ID]] }),
  QUEUED: why('QUEUED', { params: { locks: ['deployment:web'], lock: 'deployment:web', position: 2 }, blockers: [['instance', ID]] }),
  SCHEDULED: why('SCHEDULED', { nextAtMs: NOW + 30 * HOUR }),
  SUSPENDED: why('SUSPENDED', { params: { reason: 'Audit until Friday' } }),
  CANCELLING: why('CANCELLING', { nextAtMs: NOW + 20_000 }),
  INCIDENT: why('INCIDENT', { params: { ...step, code: 'TASK_FAILED', message: 'HTTP 503 from pay.example' } }),
  CODE: why('CODE'),
  JOIN: why('JOIN', { params: { ...step, title: 'All reviews done' } }),
  STALE: why('STALE'),
}
