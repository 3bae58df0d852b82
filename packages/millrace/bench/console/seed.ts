/** Fills a host with what a company has after a year: through `host.start` and `host.command`, as everything that ever happened to it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@millrace/kernel'
import type { Host, Role } from '@millrace/protocol'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { hashPassword } from '@millrace/server'
import { CHARGE, LONG, REFUND_CODE, REMINDER, review, SHIPMENT } from './models.ts'

export const TEAMS = 10
export const PEOPLE = 50
export const PASSWORD = 'a long enough password'
const AT_ONCE = 500
const COUNTRIES = ['DE', 'FR', 'IT', 'ES', 'PL']

export const personAt = (n: number): string => `p${n % PEOPLE}`
export const actorAt = (n: number): Actor => ({ user: personAt(n), groups: [`team-${n % TEAMS}`], isOperator: false })
const OPERATOR: Actor = { user: 'op', groups: [], isOperator: true }

/** @param scale 1 = 100,000 instances of which 10,000 wait for a person. */
export const seed = async (host: Host, scale: number): Promise<void> => {
  await seedPeople(host)
  await seedWorkflows(host)
  const total = Math.round(100_000 * scale)
  const open = Math.round(10_000 * scale)
  const failed = Math.round(400 * scale)
  const sleeping = Math.round(1_000 * scale)
  const decided = Math.round(15_000 * scale)
  const code = Math.round(5_000 * scale)
  const start = (workflow: string, n: number) =>
    host.start(
      { workspace: 'default', workflow, data: dataAt(n), ...(workflow.startsWith('review') ? { payload: pathAt(n) } : {}) },
      actorAt(n),
    )

  await many(total - open - failed - sleeping - decided - code - 1, (n) =>
    host.start({ workspace: 'default', workflow: 'shipment', data: dataAt(n), payload: { kind: 'uuid', ref: uuidAt(n) } }, actorAt(n)),
  )
  await many(decided, async (n) => {
    const { id } = await start(`review-${n % TEAMS}`, n)
    if (n % 20 === 0) await host.command(id, { kind: 'cancel', by: OPERATOR, reason: 'The page was deleted' })
    else await host.command(id, { kind: 'complete', by: actorAt(n), step: 1, route: 'approve' })
  })
  await many(code, (n) => host.start({ workspace: 'default', workflow: 'refund', input: { orderId: `R-${n}`, amount: n % 9 } }, actorAt(n)))
  await many(failed, (n) => start('charge', n))
  await many(sleeping, (n) => start('reminder', n))
  await host.start({ workspace: 'default', workflow: 'long', data: { turns: 0, limit: 10_000 } }, OPERATOR)
  // Last, so that they are the newest: what an inbox opens with.
  await many(open, async (n) => {
    const { id } = await start(`review-${n % TEAMS}`, n)
    if (n % 50 === 0) await host.command(id, { kind: 'suspend', by: OPERATOR, reason: 'Budget is closed' })
  })
  await settled(host, open + failed + sleeping + 1)
}

/** `ana` is in every team, so that her inbox holds everything; `op` operates. */
const seedPeople = async (host: Host): Promise<void> => {
  const passwordHash = await hashPassword(PASSWORD)
  const user = (name: string, displayName: string, roles: readonly Role[]) =>
    host.store.people.saveUser(
      { name, displayName, roles: [...roles], groups: [], isActive: true, createdAtMs: Date.now(), passwordHash },
      'bench',
    )
  await user('ana', 'Ana Editor', ['member'])
  await user('op', 'Olga Operator', ['operator', 'editor', 'administrator'])
  for (let n = 0; n < PEOPLE; n++) await user(personAt(n), `Person ${n}`, ['member'])
  for (let team = 0; team < TEAMS; team++) {
    const members = Array.from({ length: PEOPLE }, (_, n) => n).filter((n) => n % TEAMS === team)
    await host.store.people.saveGroup({ name: `team-${team}`, title: `Team ${team}`, members: ['ana', ...members.map(personAt)] }, 'bench')
  }
}

const seedWorkflows = async (host: Host): Promise<void> => {
  for (const text of [...Array.from({ length: TEAMS }, (_, team) => review(team)), SHIPMENT, CHARGE, REMINDER, LONG]) {
    const id = /^id: (\S+)/m.exec(text)?.[1] ?? ''
    const title = /^title: (.+)/m.exec(text)?.[1] ?? id
    await host.store.definitions.saveDraft(
      { workspace: 'default', id, title, text, format: 'yaml', updatedBy: 'op', updatedAtMs: Date.now() },
      null,
    )
    await host.syncModel('default', id, OPERATOR)
  }
  // Inside the package, so that the workflow's imports are found as in a project.
  const sources = join(import.meta.dirname, '.sources')
  mkdirSync(sources, { recursive: true })
  try {
    const file = join(sources, 'refund.workflow.ts')
    writeFileSync(file, REFUND_CODE)
    await host.syncCode('default', await bundleWorkflow(file), OPERATOR)
  } finally {
    rmSync(sources, { recursive: true, force: true })
  }
}

export const pathAt = (n: number) => ({ kind: 'path', ref: `/content/site-${n % 7}/page-${n}` }) as const
export const dataAt = (n: number) => ({
  amount: (n % 100) + 0.5,
  order: { id: `A-${n}`, country: COUNTRIES[n % COUNTRIES.length] ?? 'DE' },
})
const uuidAt = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

const many = async (count: number, one: (n: number) => Promise<unknown>): Promise<void> => {
  for (let begun = 0; begun < count; begun += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - begun) }, (_, at) => one(begun + at)))
  }
}

/** Until nothing but what waits for people, time and operators is open. */
const settled = async (host: Host, open: number): Promise<void> => {
  for (;;) {
    const { byStatus } = await host.store.queries.instanceCounts('default', { user: 'op', groups: [], seesAll: true })
    if ((byStatus['RUNNING'] ?? 0) + (byStatus['SUSPENDED'] ?? 0) <= open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
