import { z } from 'zod'
import { TimeMs } from './json.ts'
import { Password } from './password.ts'
import { Role } from './people.ts'

/** Body of `POST /session`. */
export const SignIn = z.strictObject({ user: z.string().min(1).max(64), password: z.string().min(1).max(1024) })
export type SignIn = z.infer<typeof SignIn>

/** The person who asks, as the server knows them: `GET /me` and the answer to signing in. */
export const Me = z.object({
  user: z.string(),
  displayName: z.string(),
  email: z.string().optional(),
  roles: z.array(Role),
  groups: z.array(z.string()),
  workspace: z.string(),
  /** How they proved it. */
  via: z.enum(['session', 'token']),
  /** Send it back as `X-CSRF-Token` with every write; only with a session. */
  csrf: z.string().optional(),
  /** The administrator behind `X-Millrace-As`. */
  actingAdministrator: z.string().optional(),
  expiresAtMs: TimeMs.optional(),
})
export type Me = z.infer<typeof Me>

/** Body of `POST /me/password`. */
export const ChangePassword = z.strictObject({ current: z.string().min(1).max(1024), next: Password })
