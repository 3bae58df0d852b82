import { mkdtempSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '@millrace/store'
import { print } from './machine.ts'
import { oneStepTicks } from './one-step.ts'
import { rawLoop } from './raw-loop.ts'

/** Runs alternate, so that what else the machine does hits both; the median of each counts. */
const ROUNDS = 5

/**
 * What a commit costs: one-step instances through the store, beside a raw loop that writes rows of the same sizes to the same tables and indexes with the same
 * settings, at 200 and at 1 instances per commit.
 */
export const benchCommit = async (folder: string, instances: number): Promise<void> => {
  print(
    '\nOne-step instances, two ticks each: 2 rows of facts, 1 insert and 1 update of the instance, 5 entries in indexes, counts per tick',
  )
  for (const batch of [200, 1]) {
    const count = batch === 1 ? Math.ceil(instances / 10) : instances
    print(`${count.toLocaleString('en')} instances, ${batch} per commit, median of ${ROUNDS} rounds`)
    const loops: Measured[] = []
    const stores: Measured[] = []
    for (let round = 0; round < ROUNDS; round++) {
      loops.push(raw(folder, count, batch))
      stores.push(await throughStore(folder, count, batch))
    }
    const loop = median(loops)
    const store = median(stores)
    show('raw loop', loop)
    show('store.commit', store)
    print(`  store.commit reaches ${((100 * store.perSecond) / loop.perSecond).toFixed(0)}% of the raw loop`)
  }
}

interface Result {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

interface Measured extends Result {
  /** Of the file, after a checkpoint. */
  readonly bytesEach: number
}

/** Times what each tick does; what the iterator does to prepare it is not counted. */
const measure = (ticks: Iterable<() => void>, instances: number): Result => {
  const times: number[] = []
  for (const tick of ticks) {
    const start = performance.now()
    tick()
    times.push(performance.now() - start)
  }
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: instances / seconds, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

const throughStore = async (folder: string, instances: number, batch: number): Promise<Measured> => {
  const path = join(mkdtempSync(join(folder, 'store-')), 'bench.db')
  const store = await openSqliteStore({ path })
  const empty = statSync(path).size
  const failed: unknown[] = []
  function* ticks() {
    // `commit` writes before it returns its promise, so the loop measures the write and nothing else.
    for (const each of oneStepTicks(instances, batch)) {
      yield () => void store.instances.commit(each).catch((error: unknown) => failed.push(error))
    }
  }
  const result = measure(ticks(), instances)
  await store.maintenance.checkpoint()
  if (failed.length > 0) throw failed[0]
  const bytesEach = (statSync(path).size - empty) / instances
  await store.close()
  return { ...result, bytesEach }
}

const raw = (folder: string, instances: number, batch: number): Measured => {
  const path = join(mkdtempSync(join(folder, 'raw-')), 'bench.db')
  const loop = rawLoop(path, instances, batch)
  const empty = statSync(path).size
  const result = measure(loop.ticks, instances)
  loop.close()
  return { ...result, bytesEach: (statSync(path).size - empty) / instances }
}

const median = (results: readonly Measured[]): Measured =>
  results.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(results.length / 2)] as Measured

const show = (name: string, { perSecond, p50Ms, p99Ms, maxMs, bytesEach }: Measured) =>
  print(
    `  ${name.padEnd(14)} ${Math.round(perSecond).toLocaleString('en').padStart(8)}/s  ` +
      `tick p50 ${p50Ms.toFixed(2)} p99 ${p99Ms.toFixed(2)} max ${maxMs.toFixed(1)} ms  ${Math.round(bytesEach)} bytes each`,
  )
