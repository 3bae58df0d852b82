/**
 * `npm run sim [-- --seed N] [-- --minutes M] [-- --disk memory|sqlite]`: plays random work against the real host while its process dies at commits, tasks
 * answer late, twice or never, clocks jump and disks fill; then looks whether anything acknowledged was lost, done twice, or left unexplained.
 * The first seed is printed; with it the same run happens again.
 */
import { parseArgs } from 'node:util'
import { bundleErrand } from './errand-bundle.ts'
import { openMemoryDisk } from './memory-disk.ts'
import { runSimulation } from './run-simulation.ts'
import { openSqliteDisk } from './sqlite-disk.ts'

const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string', default: '5' }, disk: { type: 'string' } } })
const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed)
const untilMs = Date.now() + Number(values.minutes) * 60_000
const bundle = await bundleErrand()
console.log(`First seed ${first}. Run it again with: npm run sim -- --seed ${first}`)

let seeds = 0
let seed = first
for (; Date.now() < untilMs || seeds === 0; seed++) {
  // Every fourth on a real file: slower, and the only one with a real transaction.
  const onFile = values.disk === undefined ? seed % 4 === 0 : values.disk === 'sqlite'
  const { violations } = await runSimulation({ seed, bundle, openDisk: onFile ? openSqliteDisk : openMemoryDisk })
  seeds++
  if (violations.length === 0) continue
  console.error(`Seed ${seed} (${onFile ? 'sqlite' : 'memory'}) found ${violations.length}:`)
  for (const violation of violations) console.error(`  ${violation}`)
  console.error(`Run it again with: npm run sim -- --seed ${seed} --minutes 0 --disk ${onFile ? 'sqlite' : 'memory'}`)
  process.exit(1)
}
console.log(`${seeds} seeds, ${first} to ${seed - 1}: nothing lost, nothing done twice, nothing unexplained.`)
process.exit(0)
