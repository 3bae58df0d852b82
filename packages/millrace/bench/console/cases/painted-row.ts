import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Actor } from '@millrace/kernel'
import { MillraceError } from '@millrace/protocol'
import { createApiToken } from '@millrace/server'
import type { BrowserContext, Page } from 'playwright-core'
import { type Figure, median, quantile } from '../figure.ts'
import { actorAt, dataAt, PEOPLE, pathAt, personAt, TEAMS } from '../seed.ts'
import type { Site } from '../site.ts'

/** Events of the feed per second, as counted at the store. */
const EVENTS_PER_SECOND = 200
/** One row a page can see is changed this often; a row that leaves stays four seconds, so not oftener. */
const PROBE_EVERY_MS = 400
const PROBES = 150
/** On a machine that is busy with something else they are fewer. */
const LONGEST_PROBING_MS = 90_000
/** A row that has not changed by then counts as this late. */
const LONGEST_MS = 5_000
const OPERATOR: Actor = { user: 'op', groups: [], isOperator: true }

/**
 * From COMMIT to the changed row on the screen: Ana's inbox, which holds every open item of the server, and an operator's list of all instances, while 50
 * people are connected and other people's work changes 200 things a second.
 */
export const paintedRow = async (site: Site): Promise<readonly Figure[]> => {
  const crowd = await openCrowd(site)
  const load = startLoad(site)
  try {
    const inbox = await probe(site, {
      user: 'ana',
      path: '/inbox/open',
      row: 'data-item',
      instanceOf: (id) => id.slice(0, id.lastIndexOf('.')),
    })
    const list = await probe(site, { user: 'op', path: '/instances?tab=all&workflow=review-0', row: 'data-row', instanceOf: (id) => id })
    const told = await crowd.told()
    const share = load.processorShare()
    const more = (times: readonly number[]) =>
      `median ${median(times).toFixed(0)}, p90 ${quantile(times, 0.9).toFixed(0)}, worst ${Math.max(...times).toFixed(0)} of ${times.length}; ${load.eventsPerSecond().toFixed(0)} events/s, ${PEOPLE} people were told ${told.events} and read ${told.reads} times, slowest ${told.slowestMs.toFixed(0)} ms; server ${(share * 100).toFixed(0)} % of a core`
    return [
      { name: 'inbox: COMMIT to painted row, p99', value: quantile(inbox, 0.99), aim: 200, unit: 'ms', more: more(inbox) },
      { name: 'instances: COMMIT to painted row, p99', value: quantile(list, 0.99), aim: 200, unit: 'ms', more: more(list) },
    ]
  } finally {
    await load.stop()
    crowd.close()
  }
}

interface Probe {
  readonly user: string
  readonly path: string
  /** Attribute of a row's link that has its id. */
  readonly row: string
  readonly instanceOf: (id: string) => string
}

const probe = async (site: Site, { user, path, row, instanceOf }: Probe): Promise<readonly number[]> => {
  const context = await site.visitor(user)
  const page = await open(context, `${site.url}${path}`, row)
  const committed = new Map<string, number>()
  const stop = site.host.store.subscribe((events) => {
    const now = performance.timeOrigin + performance.now()
    for (const event of events) if (event.noun === 'instance' && !committed.has(event.id)) committed.set(event.id, now)
  })
  const times: number[] = []
  const probed = new Set<string>()
  const begin = performance.now()
  while (times.length < PROBES && performance.now() - begin < LONGEST_PROBING_MS) {
    const ids = await page.evaluate<readonly string[]>(`window.bench.rows()`)
    const id = ids.find((each) => !probed.has(each))
    if (id === undefined) {
      await page.reload()
      await page.waitForSelector(`[${row}]`)
      continue
    }
    probed.add(id)
    const instance = instanceOf(id)
    committed.delete(instance)
    await page.evaluate(`window.bench.watch(${JSON.stringify(id)})`)
    await approve(site, instance)
    const painted = await page.evaluate<number>(`window.bench.painted()`)
    times.push(Math.min(LONGEST_MS, painted - (committed.get(instance) ?? Number.NaN)))
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS))
  }
  stop()
  await context.close()
  return times
}

/** Load and probe may meet at one instance: whoever was second is told so, and the row has changed all the same. */
const approve = async (site: Site, instance: string): Promise<void> => {
  try {
    await site.host.command(instance, { kind: 'complete', by: OPERATOR, step: 1, route: 'approve' })
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'STEP_CLOSED') throw error
  }
}

/** A page that tells when a row it was told to watch has changed and the frame with the change was drawn. */
const open = async (context: BrowserContext, url: string, row: string): Promise<Page> => {
  const page = await context.newPage()
  await page.addInitScript(`window.bench = (() => {
    let painted
    const box = (id) => document.querySelector('[${row}="' + id + '"]')?.closest('[role=listitem]')
    const stateOf = (element) => (element === null || element === undefined ? 'gone' : element.querySelector('[data-leaving]') === null ? element.textContent : 'leaving')
    return {
      // In view, open, not yet leaving.
      rows: () => [...document.querySelectorAll('[role=listitem] [${row}]')].filter((link) => {
        const { top, bottom } = link.getBoundingClientRect()
        const item = link.closest('[role=listitem]')
        return top > 0 && bottom < innerHeight && item.querySelector('[data-leaving]') === null && !/completed|suspended/i.test(item.textContent)
      }).map((link) => link.getAttribute('${row}')),
      watch: (id) => {
        const before = stateOf(box(id))
        painted = new Promise((resolve) => {
          const timer = setTimeout(() => resolve(Infinity), ${LONGEST_MS})
          const observer = new MutationObserver(() => {
            if (stateOf(box(id)) === before) return
            observer.disconnect()
            clearTimeout(timer)
            // After the frame: the message comes when it has been handed over for drawing.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
              port2.postMessage(undefined)
            })
          })
          observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
        })
      },
      painted: () => painted,
    }
  })()`)
  await page.goto(url)
  await page.waitForSelector(`[${row}]`)
  return page
}

interface Told {
  readonly events: number
  readonly reads: number
  readonly slowestMs: number
}

interface Crowd {
  told(): Promise<Told>
  close(): void
}

const openCrowd = async (site: Site): Promise<Crowd> => {
  const tokens: string[] = []
  for (let n = 0; n < PEOPLE; n++) {
    tokens.push((await createApiToken(site.host.store, { user: personAt(n), name: 'bench', nowMs: Date.now() })).secret)
  }
  const child = fork(join(import.meta.dirname, '../crowd.ts'), { stdio: 'inherit' })
  const answer = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('error', reject)
    })
  const ready = answer()
  child.send({ url: site.url, tokens })
  await ready
  return { told: () => asked(child, answer), close: () => child.send('end') }
}

const asked = async (child: ChildProcess, answer: () => Promise<unknown>) => {
  const told = answer()
  child.send('told')
  return (await told) as Told
}

/** Other people's work: half of it begins, half of it is decided, spread over all teams. */
const startLoad = (site: Site) => {
  let events = 0
  let isOver = false
  const stop = site.host.store.subscribe((batch) => {
    events += batch.length
  })
  const begin = performance.now()
  const cpu = process.cpuUsage()
  const waiting: string[] = []
  let n = 1_000_000
  const work = async (): Promise<void> => {
    while (!isOver) {
      const due = ((performance.now() - begin) / 1_000) * EVENTS_PER_SECOND
      if (events >= due) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      const old = waiting.length > TEAMS * 20 ? waiting.shift() : undefined
      if (old === undefined) {
        n++
        const request = { workspace: 'default', workflow: `review-${n % TEAMS}`, payload: pathAt(n), data: dataAt(n) }
        waiting.push((await site.host.start(request, actorAt(n))).id)
      } else await approve(site, old)
    }
  }
  const done = work()
  return {
    processorShare: () => {
      const { user, system } = process.cpuUsage(cpu)
      return (user + system) / 1_000 / (performance.now() - begin)
    },
    eventsPerSecond: () => events / ((performance.now() - begin) / 1_000),
    stop: async () => {
      isOver = true
      stop()
      await done
    },
  }
}
