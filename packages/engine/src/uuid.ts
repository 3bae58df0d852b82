import { randomFillSync } from 'node:crypto'

/** Random bytes are drawn by the page: one call of the kernel per 256 ids. */
const PAGE = new Uint8Array(8 * 256)

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes UUIDv7 generators. One per process: ids grow strictly, also within a millisecond and when the clock is set back (Node's own randomUUIDv7 does not
 * promise that). The 12 bits behind the version count within the millisecond.
 */
export const createIdGenerator = (now: () => number): (() => string) => {
  let lastMs = 0
  let count = 0
  let offset = PAGE.length
  return () => {
    const ms = now()
    if (ms > lastMs) {
      lastMs = ms
      count = 0
    } else if (++count > 0xfff) {
      lastMs++
      count = 0
    }
    if (offset >= PAGE.length) {
      randomFillSync(PAGE)
      offset = 0
    }
    const at = offset
    offset += 8
    const time = lastMs.toString(16).padStart(12, '0')
    const hex = (index: number): string => HEX[PAGE[at + index] ?? 0] ?? '00'
    const variant = HEX[((PAGE[at] ?? 0) & 0x3f) | 0x80] ?? '80'
    const counter = (0x7000 | count).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${variant}${hex(1)}-${hex(2)}${hex(3)}${hex(4)}${hex(5)}${hex(6)}${hex(7)}`
  }
}
