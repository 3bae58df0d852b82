/**
 * `npm run bench [-- --scale 0.1] [-- --only throughput,http,parked,shapes,raw,console]`: what Millrace does on this machine, beside a raw SQLite loop that
 * does only the same writes, and what people see of it in a browser. Prints the machine and the settings; a figure without them is worth nothing.
 *
 * `--only console` further takes `--cases first-row,long-instance,scrolling,painted-row`, `--scroll-seconds 60` and `--data FOLDER`, which keeps the seeded
 * database there for the next run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rawLoop } from '@millrace/store/bench'
import { drained, openBenchHost } from './bench-host.ts'
import { http } from './cases/http.ts'
import { shapes } from './cases/shapes.ts'
import { throughput } from './cases/throughput.ts'
import { consoleBench } from './console/console.ts'
import { benchFolder, fdatasyncMs, machine } from './machine.ts'
import { count } from './measure.ts'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    only: { type: 'string' },
    cases: { type: 'string' },
    'scroll-seconds': { type: 'string', default: '60' },
    data: { type: 'string' },
  },
})
const scale = Number(values.scale)
if (!(scale > 0)) throw new Error(`--scale takes a number above 0, not ${values.scale}.`)
const isWanted = (name: string): boolean => values.only === undefined || values.only.split(',').includes(name)
const print = (text: string): void => console.log(text)

const folder = benchFolder()
try {
  print(machine())
  const sync = fdatasyncMs(folder)
  print(`fdatasync of 8 KiB: p50 ${sync.p50.toFixed(3)} ms, p99 ${sync.p99.toFixed(3)} ms\n`)
  if (isWanted('raw')) raw()
  if (['throughput', 'http', 'shapes'].some(isWanted)) await host()
  if (isWanted('parked')) await parkedApart()
  if (isWanted('console')) {
    await consoleBench({
      folder: values.data ?? folder,
      print,
      scale,
      scrollSeconds: Number(values['scroll-seconds']),
      ...(values.cases === undefined ? {} : { cases: values.cases.split(',') }),
    })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function host(): Promise<void> {
  const opened = await openBenchHost(folder)
  try {
    if (isWanted('throughput')) await throughput(opened, print, scale)
    if (isWanted('http')) await http(opened, print, scale)
    await drained(opened)
    if (isWanted('shapes')) await shapes(opened, print, scale)
  } finally {
    await opened.close()
  }
}

/** In a process of its own: what it holds in memory is not to be mixed with what the other cases left. */
async function parkedApart(): Promise<void> {
  const args = [join(import.meta.dirname, 'parked-process.ts'), join(folder, 'parked'), String(scale)]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', ...args], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The parked case ended with ${code}.`)
}

/** The yardstick: the same rows of one-step instances, two commits of 200 each, and nothing else. */
function raw(): void {
  const instances = Math.round(100_000 * scale)
  const loop = rawLoop(join(folder, 'raw.db'), instances, 200)
  const begin = performance.now()
  for (const tick of loop.ticks) tick()
  const seconds = (performance.now() - begin) / 1_000
  loop.close()
  print(`${'raw SQLite loop, one-step rows, 200 per commit'.padEnd(46)} ${count(instances / seconds).padStart(9)}/s\n`)
}
