import { statSync } from 'node:fs'
import { join } from 'node:path'
import { apply, type Fact, type FactBody, type State } from '@millrace/kernel'
import type { InboxFilter, InstanceChange, Reader } from '@millrace/protocol'
import { openSqliteStore } from '@millrace/store'
import { print } from './machine.ts'
import { benchId } from './one-step.ts'

const AT_MS = Date.UTC(2026, 0, 1)

/** What an inbox costs when many items are open: counts, views and cursors, and lists of instances beside them. */
export const benchInbox = async (folder: string, items: number): Promise<void> => {
  const path = join(folder, 'inbox', 'bench.db')
  const store = await openSqliteStore({ path, now: () => AT_MS + (items / 2) * 1_000 })
  print(`\n${items.toLocaleString('en')} open items of one group, one in ten offered to a second one`)
  const begin = performance.now()
  let writing = 0
  for (let n = 1; n <= items; n += 200) {
    const changes = Array.from({ length: Math.min(200, items - n + 1) }, (_, index) => park(n + index))
    const start = performance.now()
    await store.instances.commit({ atMs: AT_MS, changes })
    writing += performance.now() - start
  }
  await store.maintenance.checkpoint()
  print(
    `parked at ${Math.round((items / writing) * 1_000).toLocaleString('en')}/s, ${Math.round(statSync(path).size / items)} bytes each, ` +
      `RSS ${Math.round(process.memoryUsage().rss / 1_048_576)} MB (${Math.round(performance.now() - begin)} ms with making them)`,
  )

  const time = async (name: string, run: () => Promise<unknown>): Promise<void> => {
    const times: number[] = []
    for (let round = 0; round < 9; round++) {
      const start = performance.now()
      await run()
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    print(`${name.padEnd(52)} ${(times[4] ?? 0).toFixed(2).padStart(8)} ms  (max ${(times[8] ?? 0).toFixed(1)})`)
  }

  const editor: Reader = { user: 'person-7', groups: ['editors', 'chiefs'], seesAll: false }
  const operator: Reader = { user: 'root', groups: [], seesAll: true }
  const workspace = 'default'
  const inbox = (filter: Partial<InboxFilter>, cursor?: string) =>
    store.queries.inbox({ workspace, reader: editor, view: 'open', ...filter }, { limit: 50, cursor })

  await time('inbox counts of an editor', () => store.queries.inboxCounts(workspace, editor))
  await time('inbox counts of an operator', () => store.queries.inboxCounts(workspace, operator))
  for (const sort of ['due', 'created', '-created', '-priority'] as const)
    await time(`groups by ${sort}`, () => inbox({ view: 'groups', sort }))
  await time('started', () => inbox({ view: 'started' }))
  await time('done (none)', () => inbox({ view: 'done' }))
  await time('all, for an operator', () => inbox({ view: 'all', reader: operator }))
  await time('search that finds one at the end', () => inbox({ search: `request ${items - 1}` }))
  const middle = Buffer.from(JSON.stringify([Number.MAX_SAFE_INTEGER, Math.floor(items / 2)])).toString('base64url')
  await time('a page in the middle of what is never due', () => inbox({}, middle))
  await time('instance counts of an operator', () => store.queries.instanceCounts(workspace, operator))
  await time('instance counts of an editor (sees all by group)', () => store.queries.instanceCounts(workspace, editor))
  await time('instances, newest', () => store.queries.instances({ workspace, reader: operator }, { limit: 50 }))
  await time('instances of an editor, newest', () => store.queries.instances({ workspace, reader: editor }, { limit: 50 }))
  await time('instances last changed', () => store.queries.instances({ workspace, reader: operator, sort: '-updated' }, { limit: 50 }))
  await time('instances waiting at a node', () => store.queries.instances({ workspace, reader: operator, node: 'review' }, { limit: 50 }))
  await time('instances by payload', () =>
    store.queries.instances({ workspace, reader: operator, payload: '/content/page-5' }, { limit: 50 }),
  )
  await time('instances by a title that none has', () =>
    store.queries.instances({ workspace, reader: operator, title: 'nothing' }, { limit: 50 }),
  )
  await time('instance by the end of its id', () => store.queries.findInstances(workspace, benchId(5).slice(-8), 10))
  await time('load one', () => store.instances.load([benchId(Math.floor(items / 2))]))
  await time('open instances, first page of doctor', () => store.instances.open({ limit: 1_000 }))
  await time('unfinished (none)', () => store.instances.unfinished({ limit: 1_000 }))

  await store.close()
}

const park = (n: number): InstanceChange => {
  const bodies: readonly FactBody[] = [
    {
      t: 'created',
      id: benchId(n),
      workspace: 'default',
      workflow: 'approve',
      version: 1,
      kind: 'graph',
      title: `Request ${n}`,
      payload: { kind: 'path', ref: `/content/page-${n}` },
      status: 'RUNNING',
      by: `person-${n % 100}`,
    },
    {
      t: 'opened',
      step: 1,
      node: 'review',
      in: [0],
      wait: {
        kind: 'work-item',
        title: `Review request ${n}`,
        candidates: n % 10 === 0 ? ['group:editors', 'group:chiefs'] : ['group:editors'],
        priority: 50,
        version: 1,
        ...(n % 3 === 0 ? { dueAtMs: AT_MS + n * 1_000 } : {}),
      },
    },
  ]
  const facts = bodies.map((body): Fact => ({ at: AT_MS, ...body }))
  return { after: facts.reduce<State | undefined>(apply, undefined) as State, facts }
}
