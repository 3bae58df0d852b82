/**
 * The console on a server with 100,000 instances and 10,000 open work items, in the system's Chromium with a cold cache: each figure of issue 4 beside its
 * aim. Server, crowd, Chromium and the driver share one machine here; what the machine did meanwhile is printed with them.
 */
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { Host } from '@millrace/protocol'
import { openMillrace } from '../../src/index.ts'
import { firstRow } from './cases/first-row.ts'
import { longInstance } from './cases/long-instance.ts'
import { paintedRow } from './cases/painted-row.ts'
import { scrolling } from './cases/scrolling.ts'
import { type Figure, figureLine } from './figure.ts'
import { seed } from './seed.ts'
import { hasChromium, openSite } from './site.ts'

export interface ConsoleBenchOptions {
  readonly folder: string
  readonly print: (text: string) => void
  /** 1 = 100,000 instances. */
  readonly scale: number
  /** How long the list is scrolled; 100,000 rows take 1,234 s. */
  readonly scrollSeconds: number
  /** Names of cases; absent = all. */
  readonly cases?: readonly string[]
}

const SEES_ALL = { user: 'op', groups: [], seesAll: true }

const lookAt = async ({ store }: Host) => {
  const { byStatus } = await store.queries.instanceCounts('default', SEES_ALL)
  const groups = (await store.people.user('ana'))?.groups ?? []
  const counts = await store.queries.inboxCounts('default', { user: 'ana', groups, seesAll: false })
  const { items } = await store.queries.instances({ workspace: 'default', reader: SEES_ALL, workflow: 'long' }, { limit: 1 })
  return {
    instances: Object.values(byStatus).reduce((sum, each) => sum + each, 0),
    openItems: counts.mine + counts.groups,
    long: items[0]?.id ?? '',
  }
}

export const consoleBench = async ({ folder, print, scale, scrollSeconds, cases }: ConsoleBenchOptions): Promise<void> => {
  if (!hasChromium()) return print('console: NOT RUN, there is no Chromium here. Install it, or set CHROMIUM.')
  const host = await openMillrace({ path: join(folder, 'console.db'), runner: 'process' })
  try {
    const begin = performance.now()
    const isSeeded = (await host.store.people.user('op')) !== undefined
    if (!isSeeded) await seed(host, scale)
    const seeded = await lookAt(host)
    const how = isSeeded ? 'from an earlier run' : `seeded in ${((performance.now() - begin) / 1_000).toFixed(0)} s`
    print(`console: ${seeded.instances} instances, ${seeded.openItems} open work items, ${how}`)
    const site = await openSite(host, print)
    try {
      const all: { readonly [name: string]: () => Promise<readonly Figure[]> } = {
        'first-row': () => firstRow(site),
        'long-instance': () => longInstance(site, seeded.long),
        scrolling: () => scrolling(site, scrollSeconds),
        // Last: it changes what the others look at.
        'painted-row': () => paintedRow(site),
      }
      for (const [name, run] of Object.entries(all)) {
        if (cases !== undefined && !cases.includes(name)) continue
        for (const figure of await run()) print(figureLine(figure))
        print(`  load ${loadavg()[0]?.toFixed(2)} after ${name}`)
      }
    } finally {
      await site.close()
    }
  } finally {
    await host.close()
  }
}
