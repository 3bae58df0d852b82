/**
 * The mark: which request the process is running, written before each one, so that whoever finds the process dead or silent knows whom
 * to blame. It lies in a file without a name that both processes have open: unlike a message it costs no wake-up (1.4 µs), and unlike
 * shared memory it outlives a process that was killed or ran out of memory.
 */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where the process finds the mark. */
export const MARK_FD = 4

const BYTES = 12

export interface MarkState {
  /** Request that is being run; 0 = none. */
  readonly request: number
  /** Counts up during a long replay. */
  readonly beat: number
  /** The process found itself above its limit and ended itself. */
  readonly isOverMemory: boolean
}

/** The side that watches. */
export interface Mark {
  readonly fd: number
  read(): MarkState
  close(): void
}

export const openMark = (): Mark => {
  const file = path.join(tmpdir(), `millrace-mark-${process.pid}-${Math.random().toString(36).slice(2)}`)
  const fd = openSync(file, 'wx+', 0o600)
  try {
    unlinkSync(file)
  } catch {
    // Windows keeps the name of an open file; the system clears its temporary folder.
  }
  const bytes = Buffer.alloc(BYTES)
  writeSync(fd, bytes, 0, BYTES, 0)
  return {
    fd,
    read() {
      readSync(fd, bytes, 0, BYTES, 0)
      return { request: bytes.readUInt32LE(0), beat: bytes.readUInt32LE(4), isOverMemory: bytes.readUInt32LE(8) !== 0 }
    },
    close: () => closeSync(fd),
  }
}

/** The side that runs. */
export const createMarker = () => {
  const bytes = Buffer.alloc(8)
  let beat = 0
  const write = () => writeSync(MARK_FD, bytes, 0, 8, 0)
  return {
    begin(request: number): void {
      bytes.writeUInt32LE(request, 0)
      write()
    },
    beat(): void {
      bytes.writeUInt32LE(++beat >>> 0, 4)
      write()
    },
    end(): void {
      bytes.writeUInt32LE(0, 0)
      write()
    },
  }
}
