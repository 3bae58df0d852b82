/**
 * Benches of the store, on the disk of MILLRACE_BENCH_FOLDER (the system's folder for temporary files when absent).
 *
 *     node packages/store/bench/main.ts [commit|inbox] [COUNT]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchCommit } from './commit.ts'
import { benchInbox } from './inbox.ts'
import { printMachine } from './machine.ts'

const BENCHES = { commit: benchCommit, inbox: benchInbox }

const [name, count = '100000'] = process.argv.slice(2)
const folder = mkdtempSync(join(process.env['MILLRACE_BENCH_FOLDER'] ?? tmpdir(), 'millrace-bench-'))
try {
  printMachine(folder)
  for (const [each, bench] of Object.entries(BENCHES)) if (name === undefined || name === each) await bench(folder, Number(count))
} finally {
  rmSync(folder, { recursive: true })
}
