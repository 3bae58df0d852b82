import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, URL-safe. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored instead of a random secret. A fast hash does: 256 bits cannot be guessed, unlike a password. */
export const hashSecret = (secret: string): string => hash('sha256', secret, 'hex')

/** Compares in a time that says nothing about where two texts differ. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
