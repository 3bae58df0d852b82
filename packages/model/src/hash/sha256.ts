/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits.
 *
 * Pure, since this package has no host: a browser has only an asynchronous digest, and a hash must be the same everywhere. Models
 * are small; hosts hash large values with their own.
 */
export function sha256(text: string): string {
  const bytes = padded(utf8(text))
  const state = new Uint32Array(INITIAL)
  const words = new Uint32Array(64)
  for (let at = 0; at < bytes.length; at += 64) digestBlock(state, words, bytes, at)
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

const PRIMES = firstPrimes(64)
/** Fractions of the cube roots of the first 64 primes. */
const CONSTANTS = PRIMES.map((prime) => fraction(Math.cbrt(prime)))
/** Fractions of the square roots of the first 8. */
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))

function digestBlock(state: Uint32Array, words: Uint32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) {
    const j = at + i * 4
    words[i] = ((bytes[j] ?? 0) << 24) | ((bytes[j + 1] ?? 0) << 16) | ((bytes[j + 2] ?? 0) << 8) | (bytes[j + 3] ?? 0)
  }
  for (let i = 16; i < 64; i++) {
    const before15 = words[i - 15] ?? 0
    const before2 = words[i - 2] ?? 0
    const s0 = rotate(before15, 7) ^ rotate(before15, 18) ^ (before15 >>> 3)
    const s1 = rotate(before2, 17) ^ rotate(before2, 19) ^ (before2 >>> 10)
    words[i] = (words[i - 16] ?? 0) + s0 + (words[i - 7] ?? 0) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (CONSTANTS[i] ?? 0) + (words[i] ?? 0)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] ?? 0) + word
  })
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/** A one bit, zeros, and the length in bits, up to whole blocks. */
function padded(bytes: readonly number[]): Uint8Array {
  const length = Math.ceil((bytes.length + 9) / 64) * 64
  const result = new Uint8Array(length)
  result.set(bytes)
  result[bytes.length] = 0x80
  const view = new DataView(result.buffer)
  view.setUint32(length - 8, Math.floor((bytes.length * 8) / 2 ** 32))
  view.setUint32(length - 4, (bytes.length * 8) >>> 0)
  return result
}

/** Lone surrogates become U+FFFD, as TextEncoder does. */
function utf8(text: string): readonly number[] {
  const bytes: number[] = []
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return bytes
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

/** First 32 bits after the point; a double has 52, and no constant is near a rounding edge (the test vectors prove it). */
function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) >>> 0
}
