import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

/** Folder of the run; set MILLRACE_BENCH_FOLDER to measure another disk. */
export const benchFolder = (): string => mkdtempSync(join(process.env['MILLRACE_BENCH_FOLDER'] ?? tmpdir(), 'millrace-bench-'))

/** What a figure is worth depends on where it was measured. */
export const machine = (): string => {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]?.toFixed(2)}, Node ${process.versions.node}, SQLite ${process.versions['sqlite'] ?? ''}, WAL, synchronous=FULL`
}

/** Median and 99th percentile of one fdatasync after a write of 8 KiB, in milliseconds. */
export const fdatasyncMs = (folder: string): { readonly p50: number; readonly p99: number } => {
  const path = join(folder, 'fdatasync')
  const file = openSync(path, 'w')
  const block = Buffer.alloc(8_192, 1)
  const times: number[] = []
  for (let n = 0; n < 500; n++) {
    const start = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    times.push(performance.now() - start)
  }
  closeSync(file)
  rmSync(path)
  times.sort((a, b) => a - b)
  return { p50: times[250] ?? 0, p99: times[495] ?? 0 }
}
