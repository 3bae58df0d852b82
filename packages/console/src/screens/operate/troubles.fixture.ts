/**
 * Nine kinds of trouble among ten thousand healthy instances, as they come about: through the engine, by a clock that is moved. A host that hangs is a clock
 * that was put forward without anything being called.
 */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Clock } from '@millrace/engine'
import type { Actor } from '@millrace/kernel'
import type { Host, OperateLine, StartInstance } from '@millrace/protocol'
import { openTask, tell } from '@millrace/testing/store-contract'

const HOUR_MS = 3_600_000
const AT_ONCE = 500
/** Attempts that fail. */
const ALWAYS = 1_000

export const HEALTHY = 10_000

const PROJECT: { readonly [file: string]: string } = {
  'millrace.yaml': `name: Troubled
people:
  users:
    ana: { displayName: Ana Editor }
    bo: { displayName: Bo Author }
    cleo: { displayName: Cleo Finance }
    nils: { displayName: Nils Night }
  groups:
    editors: { title: Editors, members: [ana, admin] }
    night-shift: { title: Night shift, members: [nils] }
`,
  'page.yaml': `id: page
title: Publish a page
payload: path
nodes:
  - { id: review, title: Review, type: participant, assign: "group:editors", due: P30D, next: end }
`,
  'shipment.yaml': `id: shipment
title: Ship an order
nodes:
  - { id: tell, type: process, task: log, with: { message: Shipped }, next: end }
`,
  'reminder.yaml': `id: reminder
title: Remind a customer
nodes:
  - { id: rest, type: wait, for: P30D, next: end }
`,
  'refund.yaml': `id: refund
title: Refund
data: { message: { type: string }, code: { type: string }, times: { type: integer } }
nodes:
  - { id: charge, title: Charge, type: process, task: test.fail, with: { code: "{{ data.code }}", message: "{{ data.message }}", times: "{{ data.times }}", retryable: false }, next: end }
`,
  'patrol.yaml': `id: patrol
title: Night patrol
nodes:
  - { id: walk, title: Walk the halls, type: participant, assign: "group:night-shift", next: end }
`,
  'cool.yaml': `id: cool
title: Cool down
nodes:
  - { id: rest, type: wait, for: PT1H, next: end }
`,
  'deploy.yaml': `id: deploy
title: Deploy the web
locks: ["deployment:web"]
nodes:
  - { id: go, title: Go ahead, type: participant, assign: "group:editors", due: P30D, next: end }
`,
  'urgent.yaml': `id: urgent
title: Answer a complaint
nodes:
  - { id: answer, title: Answer, type: participant, assign: "group:editors", due: PT1H, next: end }
`,
  'archive.yaml': `id: archive
title: Archive a case
nodes:
  - { id: confirm, title: Confirm, type: participant, assign: "group:editors", due: P30D, next: end }
`,
  'import.workflow.ts': `import { workflow } from '@millrace/workflow'
export default workflow({ id: 'import', title: 'Import a file' }, async () => {
  throw new Error('Line 7 has no price.')
})
`,
}

/** The folder of a project with one workflow per kind of trouble. */
export const troubledProject = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-troubled-'))
  for (const [file, text] of Object.entries(PROJECT)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return folder
}

/** Shows what it is set to, and calls nobody: a host that goes by it fires no timer. */
export interface SetClock extends Clock {
  set(nowMs: number): void
}

/** Two days before now. */
export const troubledClock = (): SetClock => {
  let shownMs = Date.now() - 50 * HOUR_MS
  return {
    now: () => shownMs,
    after: () => () => undefined,
    set: (nowMs) => {
      shownMs = nowMs
    },
  }
}

/** Instances in trouble, by the code of their line; of incidents those of the first cause. */
export type Troubled = { readonly [C in Exclude<OperateLine['code'], 'READ_ONLY' | 'DISK_LOW'>]: readonly string[] }

const operator: Actor = { user: 'admin', groups: [], isOperator: true }
const author: Actor = { user: 'bo', groups: [], isOperator: false }

export const giveTroubles = async (host: Host, clock: SetClock): Promise<Troubled> => {
  const nowMs = Date.now()
  const start = async (workflow: string, more: Omit<StartInstance, 'workflow'> = {}): Promise<string> =>
    (await host.start({ workspace: 'default', workflow, ...more }, author)).id
  const some = (count: number, run: (n: number) => Promise<string>): Promise<readonly string[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => run(n)))

  const suspended = await some(2, (n) => start('archive', { title: `Archive case ${n}` }))
  clock.set(nowMs - 49 * HOUR_MS)
  for (const id of suspended) await host.command(id, { kind: 'suspend', by: operator, reason: 'The archive moves' })

  clock.set(nowMs - 3 * HOUR_MS)
  for (let begun = 0; begun < HEALTHY; begun += AT_ONCE) {
    await some(AT_ONCE, (n) => {
      const number = begun + n
      if (number % 10 < 5) return start('page', { payload: { kind: 'path', ref: `/content/page-${number}` } })
      return start(number % 10 < 8 ? 'shipment' : 'reminder')
    })
  }
  await start('deploy', { title: 'Deploy blue' })
  const queued = await some(2, (n) => start('deploy', { title: `Deploy green ${n}`, queue: true }))
  const refund = (code: string, message: string) => start('refund', { title: 'Refund an order', data: { code, message, times: ALWAYS } })
  const incidents = await some(23, (n) => refund('PAYMENT_DOWN', `HTTP 503 from pay.example after ${n} s`))
  // Further causes: they must not take the place of another kind.
  for (const [times, code] of ['CARD_STOLEN', 'NO_CREDIT', 'NO_ACCOUNT', 'WRONG_CURRENCY', 'TOO_LATE'].entries())
    await some(times + 1, () => refund(code, 'The bank refused'))
  const nobody = await some(4, (n) => start('patrol', { title: `Patrol ${n}` }))
  const overdue = await some(3, (n) => start('cool', { title: `Cool down ${n}` }))
  const missed = await some(2, (n) => start('reminder', { title: `Planned ${n}`, startAt: new Date(nowMs - HOUR_MS).toISOString() }))
  const late = await some(5, (n) => start('urgent', { title: `Complaint ${n}` }))
  const failed = await some(3, (n) => start('import', { title: `Import ${n}` }))
  await until(host, async () => (await host.store.queries.instanceCounts('default', EVERYTHING)).incidents === 23 + 15)
  await until(host, async () => (await host.store.queries.instanceCounts('default', EVERYTHING)).byStatus.FAILED === failed.length)

  const nils = await host.store.people.user('nils')
  if (nils === undefined) throw new Error('The project has a nils.')
  await host.store.people.saveUser({ ...nils, isActive: false }, 'admin')

  // A defect is what the engine does not do by itself: two instances that wait for attempts which nobody runs, as after a wake-up that was lost.
  const lost = [1, 2].map((n) => tell(n, { workflow: 'refund', title: `Refund lost ${n}`, by: 'bo' }))
  const atMs = nowMs - 2 * HOUR_MS
  await host.store.instances.commit({ atMs, changes: lost.map((story) => story.tick(atMs, openTask(1, 'charge'))) })

  // Nothing is called: timers and planned starts pass their time.
  clock.set(nowMs)
  return {
    STALE: lost.map(({ id }) => id),
    INCIDENTS: incidents,
    NOBODY: nobody,
    OVERDUE: overdue,
    SCHEDULED_MISSED: missed,
    QUEUED_LONG: queued,
    LATE: late,
    SUSPENDED_LONG: suspended,
    FAILED: failed,
  }
}

const EVERYTHING = { user: '', groups: [], seesAll: true } as const

/** Results come a moment after the start that caused them. */
const until = async (host: Host, isSo: () => Promise<boolean>): Promise<void> => {
  let stop = () => {}
  await new Promise<void>((resolve, reject) => {
    const look = () => void isSo().then((so) => (so ? resolve() : undefined), reject)
    stop = host.subscribe(look)
    look()
  })
  stop()
}
