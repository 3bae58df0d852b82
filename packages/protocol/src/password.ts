import { z } from 'zod'

/** Shortest password taken. NIST SP 800-63B: length is what counts, so there are no rules on characters. */
export const MIN_PASSWORD = 10

/** A new password. */
export const Password = z.string().min(MIN_PASSWORD, `A password has at least ${MIN_PASSWORD} characters.`).max(1024)
