/**
 * What a commit costs: one-step instances through the store, beside a raw loop that writes rows of the same sizes to the same tables and indexes with the same
 * settings, at 1 and at 200 instances per commit. Prints the machine, the settings, rows and bytes per instance, and what one fdatasync takes.
 *
 *     node packages/store/bench/commit.ts [INSTANCES]
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '@millrace/store'
import { oneStepTicks } from './one-step.ts'
import { rawLoop } from './raw-loop.ts'

interface Result {
  readonly perSecond: number
  /** Processor time per instance, which other programs on the machine do not change. */
  readonly cpuUs: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

interface Measured extends Result {
  /** Of the file, after a checkpoint. */
  readonly bytesEach: number
}

const folder = mkdtempSync(join(process.env['MILLRACE_BENCH_FOLDER'] ?? tmpdir(), 'millrace-bench-'))

/** Times what each tick does; what the iterator does to prepare it is not counted. */
const measure = (ticks: Iterable<() => void>, instances: number): Result => {
  const times: number[] = []
  let cpuUs = 0
  for (const tick of ticks) {
    const cpu = process.cpuUsage()
    const start = performance.now()
    tick()
    times.push(performance.now() - start)
    const { user, system } = process.cpuUsage(cpu)
    cpuUs += user + system
  }
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: instances / seconds, cpuUs: cpuUs / instances, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

const throughStore = async (instances: number, batch: number): Promise<Measured> => {
  const path = join(mkdtempSync(join(folder, 'store-')), 'bench.db')
  const store = await openSqliteStore({ path })
  const empty = statSync(path).size
  const failed: unknown[] = []
  function* ticks() {
    // `commit` writes before it returns its promise, so the loop measures the write and nothing else.
    for (const each of oneStepTicks(instances, batch))
      yield () => void store.instances.commit(each).catch((error: unknown) => failed.push(error))
  }
  const result = measure(ticks(), instances)
  await store.maintenance.checkpoint()
  if (failed.length > 0) throw failed[0]
  const bytesEach = (statSync(path).size - empty) / instances
  await store.close()
  return { ...result, bytesEach }
}

const raw = (instances: number, batch: number): Measured => {
  const path = join(mkdtempSync(join(folder, 'raw-')), 'bench.db')
  const loop = rawLoop(path, instances, batch)
  const empty = statSync(path).size
  const result = measure(loop.ticks, instances)
  loop.close()
  return { ...result, bytesEach: (statSync(path).size - empty) / instances }
}

const fdatasyncMs = (): { readonly p50: number; readonly p99: number } => {
  const file = openSync(join(folder, 'sync'), 'w')
  const page = Buffer.alloc(8_192, 1)
  const times = Array.from({ length: 500 }, (_, index) => {
    writeSync(file, page, 0, page.length, (index % 64) * page.length)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  }).sort((a, b) => a - b)
  closeSync(file)
  return { p50: times[250] ?? 0, p99: times[495] ?? 0 }
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
const show = (name: string, { perSecond, cpuUs, p50Ms, p99Ms, maxMs, bytesEach }: Measured) =>
  print(
    `${name.padEnd(14)} ${Math.round(perSecond).toLocaleString('en').padStart(8)}/s  ${cpuUs.toFixed(1)} µs of processor each  ` +
      `tick p50 ${p50Ms.toFixed(2)} p99 ${p99Ms.toFixed(2)} max ${maxMs.toFixed(1)} ms  ${Math.round(bytesEach)} bytes each`,
  )

const instances = Number(process.argv[2] ?? 100_000)
const sqlite = new DatabaseSync(':memory:').prepare('select sqlite_version() as v').get()?.['v']
print(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, SQLite ${String(sqlite)}, WAL, synchronous=FULL, ${folder}`,
)
const sync = fdatasyncMs()
print(`fdatasync of 8 KiB: p50 ${sync.p50.toFixed(3)} ms, p99 ${sync.p99.toFixed(3)} ms`)
print('A one-step instance takes two ticks: 2 rows of facts, 1 insert and 1 update of its instance, 5 entries in indexes.')
/** Runs alternate, so that what else the machine does hits both; the median of each counts. */
const ROUNDS = 5

const median = <R extends Result>(results: readonly R[]): R =>
  results.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(results.length / 2)] as R

try {
  for (const batch of [200, 1]) {
    const count = batch === 1 ? Math.ceil(instances / 10) : instances
    print(`\n${count.toLocaleString('en')} instances, ${batch} per commit, median of ${ROUNDS} rounds`)
    const loops: Measured[] = []
    const stores: Measured[] = []
    for (let round = 0; round < ROUNDS; round++) {
      loops.push(raw(count, batch))
      stores.push(await throughStore(count, batch))
    }
    const loop = median(loops)
    const store = median(stores)
    show('raw loop', loop)
    show('store.commit', store)
    print(`store.commit reaches ${((100 * store.perSecond) / loop.perSecond).toFixed(0)}% of the raw loop`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
