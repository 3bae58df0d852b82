import { randomBytes } from 'node:crypto'

/** For the styles of one answer. */
export const newNonce = (): string => randomBytes(16).toString('base64')
