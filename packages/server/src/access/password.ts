/** Passwords as argon2id in PHC format (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`), computed off the main thread by Node itself. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** What one guess costs. */
export interface PasswordCost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** OWASP's choice for argon2id: 19 MiB and two passes, 40 to 130 ms here. More memory would let a burst of sign-ins take the machine's. */
export const PASSWORD_COST: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 }

const SALT_BYTES = 16
const HASH_BYTES = 32

/** At most so many at a time: each takes a thread of four and its memory, and files need threads too. */
const MOST_AT_ONCE = 2
let running = 0
const waiting: (() => void)[] = []

const argon2id = async (password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> => {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    // Unicode has several spellings of one text; what is typed on another keyboard must still fit.
    const message = Buffer.from(password.normalize('NFKC'))
    return await derive('argon2id', { message, nonce: salt, tagLength: HASH_BYTES, ...cost })
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

const format = (cost: PasswordCost, salt: Buffer, hash: Buffer): string =>
  `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(hash)}`

/** @example const stored = await hashPassword('correct horse battery') // '$argon2id$v=19$m=19456,t=2,p=1$…$…' */
export const hashPassword = async (password: string, cost: PasswordCost = PASSWORD_COST): Promise<string> => {
  const salt = randomBytes(SALT_BYTES)
  return format(cost, salt, await argon2id(password, salt, cost))
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * Whether `password` is the one that was hashed. Without a hash (no such user, or one without a password) it takes the same time and says no, so that
 * the time tells nobody which users exist.
 */
export const verifyPassword = async (
  stored: string | undefined,
  password: string,
  cost: PasswordCost = PASSWORD_COST,
): Promise<boolean> => {
  const match = PHC.exec(stored ?? '')
  if (match === null) {
    await argon2id(password, Buffer.alloc(SALT_BYTES), cost)
    return false
  }
  const [, memory, passes, parallelism, salt = '', hash = ''] = match
  const storedCost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const derived = await argon2id(password, Buffer.from(salt, 'base64'), storedCost)
  const expected = Buffer.from(hash, 'base64')
  return derived.length === expected.length && timingSafeEqual(derived, expected)
}

/** Letters and digits that are not mistaken for each other when read aloud or copied by hand. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password for a person to copy once: four groups of five, 99 bits. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => ALPHABET[randomIndex(ALPHABET.length)]).join('')).join('-')

/** Without the bias of a plain remainder. */
const randomIndex = (below: number): number => {
  for (;;) {
    const byte = randomBytes(1)[0] ?? 0
    if (byte < 256 - (256 % below)) return byte % below
  }
}
