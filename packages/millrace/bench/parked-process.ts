/** The parked case, for main.ts: `node parked-process.ts FOLDER SCALE`. */
import { mkdirSync } from 'node:fs'
import { openHostWith } from './bench-host.ts'
import { parked } from './cases/parked.ts'
import { PARKED } from './models.ts'

const [folder = '.', scale = '1'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const host = await openHostWith(folder, [PARKED])
await parked(host, folder, (text) => console.log(text), Number(scale))
await host.close()
