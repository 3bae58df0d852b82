/**
 * Chance that can be repeated: a stream of numbers that follows from a text (the instance's id and run), so that every replay draws the
 * same ones and nothing about it needs to be stored. Not for secrets.
 */
export interface Chance {
  /** 0 to 2^32 - 1. */
  next(): number
}

/** The sfc32 generator, seeded by the xmur3 hash of the text: small, fast, and passes PractRand. */
export const createChance = (seed: string): Chance => {
  const hash = xmur3(seed)
  let a = hash()
  let b = hash()
  let c = hash()
  let counter = hash()
  return {
    next: () => {
      const sum = (a + b + counter) | 0
      counter = (counter + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = ((c << 21) | (c >>> 11)) + sum
      return sum >>> 0
    },
  }
}

/** From 0 up to 1, with all 53 bits a double has. */
export const randomFraction = (chance: Chance): number =>
  ((chance.next() >>> 5) * 67_108_864 + (chance.next() >>> 6)) / 9_007_199_254_740_992

/** Fills bytes in place. */
export const randomFill = (chance: Chance, bytes: Uint8Array): void => {
  for (let i = 0; i < bytes.length; i += 4) {
    const word = chance.next()
    for (let j = i; j < Math.min(i + 4, bytes.length); j++) bytes[j] = word >>> ((j - i) * 8)
  }
}

/** A UUID of version 4. */
export const randomUuid = (chance: Chance): string => {
  const bytes = new Uint8Array(16)
  randomFill(chance, bytes)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const xmur3 = (text: string): (() => number) => {
  let hash = 1_779_033_703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3_432_918_353)
    hash = (hash << 13) | (hash >>> 19)
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909)
    hash ^= hash >>> 16
    return hash >>> 0
  }
}
