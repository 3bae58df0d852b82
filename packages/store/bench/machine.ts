import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** What the numbers below it were measured on: without it they mean nothing. */
export const printMachine = (folder: string): void => {
  const sqlite = new DatabaseSync(':memory:').prepare('select sqlite_version() as v').get()?.['v']
  const { p50, p99 } = fdatasyncMs(folder)
  print(
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, SQLite ${String(sqlite)}, WAL, synchronous=FULL`,
  )
  print(`${folder}: fdatasync of 8 KiB takes ${p50.toFixed(3)} ms (p99 ${p99.toFixed(3)})`)
}

const fdatasyncMs = (folder: string): { readonly p50: number; readonly p99: number } => {
  const file = openSync(join(folder, 'sync'), 'w')
  const page = Buffer.alloc(8_192, 1)
  const times = Array.from({ length: 500 }, (_, index) => {
    writeSync(file, page, 0, page.length, (index % 64) * page.length)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  }).toSorted((a, b) => a - b)
  closeSync(file)
  return { p50: times[250] ?? 0, p99: times[495] ?? 0 }
}
