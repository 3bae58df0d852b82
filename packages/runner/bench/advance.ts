/**
 * How fast code advances: inline and through the process, one at a time and 200 at once, and how long a journal takes to replay.
 * Two advances are one instance of one step (its start, and the result of its task).
 *
 *     node packages/runner/bench/advance.ts
 */
import { availableParallelism, cpus } from 'node:os'
import type { Runner } from '@millrace/protocol'
import { JournalHost } from '../src/fixture/journal-host.fixture.ts'
import { BundleShelf, removeFiles } from '../src/fixture/workflow-files.fixture.ts'
import { openInlineRunner, openProcessRunner } from '../src/index.ts'

/** Advances of a measurement, after a warm-up with as many. */
const ADVANCES = 60_000
const JOURNAL = 10_000

const shelf = new BundleShelf()
const oneStep = await shelf.module(`
  export default workflow({ id: 'one-step', input: z.object({ orderId: z.string(), amount: z.number() }) }, async (run, input) => run.task('pay', input))`)
const loop = await shelf.body(`let last; for (let i = 0; i < input; i++) last = await run.task('t', { i }); return last`)

const input = { orderId: 'o-4711', amount: 30 }
const request = { workspace: 'default', run: 1, bundle: oneStep, input, data: {}, initiator: 'ana', loadJournal: async () => [] }
let instances = 0

/** One instance of one step. */
const runOne = async (runner: Runner): Promise<void> => {
  const instance = `i-${++instances}`
  await runner.advance({ ...request, instance, delivery: { kind: 'start' }, atMs: 1, calls: 0 })
  await runner.advance({ ...request, instance, delivery: { kind: 'result', call: 1, output: { paid: true } }, atMs: 2, calls: 1 })
}

const runMany = async (runner: Runner, concurrency: number, count: number): Promise<void> => {
  let left = count
  const worker = async () => {
    while (left-- > 0) await runOne(runner)
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

const measure = async (runner: Runner, concurrency: number): Promise<string> => {
  const count = concurrency === 1 ? ADVANCES / 6 : ADVANCES / 2
  await runMany(runner, concurrency, count)
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  await runMany(runner, concurrency, count)
  const seconds = (performance.now() - startedMs) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const own = (user + system) / (2 * count)
  return `${Math.round((2 * count) / seconds).toLocaleString('en')} advances/s = ${Math.round(count / seconds).toLocaleString('en')} instances/s, ${own.toFixed(1)} µs of this process each`
}

const measureReplay = async (runner: Runner): Promise<string> => {
  const times: number[] = []
  for (let i = 0; i < 9; i++) {
    const host = new JournalHost({ runner, bundle: loop, instance: `replay-${i}`, input: JOURNAL })
    const call = { kind: 'task', name: 't', task: 't' } as const
    host.record({ kind: 'start' }, [{ call: 1, ...call }])
    for (let n = 1; n < JOURNAL / 2; n++) host.record({ kind: 'result', call: n, output: { n } }, [{ call: n + 1, ...call }])
    const startedMs = performance.now()
    await host.result(JOURNAL / 2, { n: 0 })
    times.push(performance.now() - startedMs)
    if (host.replays !== 1) throw new Error('It was not replayed.')
  }
  times.sort((a, b) => a - b)
  return `${times[4]?.toFixed(1)} ms (fastest ${times[0]?.toFixed(1)}, slowest ${times[8]?.toFixed(1)})`
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`)
for (const [name, runner] of [
  ['inline ', openInlineRunner({ loadBundle: shelf.load })],
  ['process', openProcessRunner({ loadBundle: shelf.load })],
] as const) {
  print(`${name}   1 at once: ${await measure(runner, 1)}`)
  print(`${name} 200 at once: ${await measure(runner, 200)}`)
  print(`${name} replay of ${JOURNAL.toLocaleString('en')} entries: ${await measureReplay(runner)}`)
  await runner.close()
}
await removeFiles()
