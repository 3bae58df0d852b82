/**
 * The lifeline: a thread that ends this process, and what it started, when its parent is gone. The parent may have been killed while an
 * author's function here never yields, so the main thread cannot be trusted to notice. It also ends a process whose memory outside of the
 * JavaScript heap (large buffers) grows past the limit, which V8 does not count.
 */
import { Worker } from 'node:worker_threads'
import { MARK_FD } from './mark.ts'

/** Between two looks at the memory. */
const LOOK_EVERY_MS = 100

const THREAD = `
const { workerData } = require('node:worker_threads')
const { writeSync } = require('node:fs')
const { Socket } = require('node:net')
const end = () => {
  try { process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL') } catch { process.kill(process.pid, 'SIGKILL') }
}
const parent = new Socket({ fd: 0 })
parent.on('error', end)
parent.on('close', end)
parent.resume()
if (workerData.maxBytes > 0) {
  setInterval(() => {
    if (process.memoryUsage.rss() <= workerData.maxBytes) return
    writeSync(workerData.markFd, new Uint8Array([1, 0, 0, 0]), 0, 4, 8)
    end()
  }, workerData.everyMs)
}
`

export interface LifelineOptions {
  /** Most bytes of memory the whole process may have; 0 = no limit. */
  readonly maxBytes: number
}

export const startLifeline = ({ maxBytes }: LifelineOptions): void => {
  new Worker(THREAD, { eval: true, workerData: { maxBytes, markFd: MARK_FD, everyMs: LOOK_EVERY_MS }, stdin: false, execArgv: [] }).unref()
}
