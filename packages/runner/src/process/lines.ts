/**
 * The wire between a runner and its process: lines of fields divided by tabs. JSON has neither inside, so fields of JSON need no second
 * encoding and are passed on as texts by whoever does not read them.
 */
import type { Writable } from 'node:stream'

const NEWLINE = 0x0a

/** Cuts a stream of bytes into lines; a line may come in any number of pieces. */
export const createLineReader = (onLine: (fields: readonly string[]) => void): ((chunk: Buffer) => void) => {
  let pieces: Buffer[] = []
  return (chunk) => {
    const end = chunk.lastIndexOf(NEWLINE)
    if (end === -1) {
      pieces.push(chunk)
      return
    }
    const whole = chunk.subarray(0, end)
    const text = (pieces.length === 0 ? whole : Buffer.concat([...pieces, whole])).toString('utf8')
    pieces = end + 1 === chunk.length ? [] : [chunk.subarray(end + 1)]
    for (const line of text.split('\n')) onLine(line.split('\t'))
  }
}

export interface LineWriter {
  /** Queues a line; it leaves with the others of this turn of the event loop. */
  write(line: string): void
  /** Sends what is queued now. */
  flush(): void
}

/** Joins the lines of one turn into one write: at 60,000 lines a second a system call for each would be most of the work. */
export const createLineWriter = (stream: Writable): LineWriter => {
  let queued: string[] = []
  const flush = () => {
    if (queued.length === 0) return
    const lines = queued
    queued = []
    if (stream.writable) stream.write(`${lines.join('\n')}\n`)
  }
  return {
    write(line) {
      if (queued.push(line) === 1) process.nextTick(flush)
    },
    flush,
  }
}
