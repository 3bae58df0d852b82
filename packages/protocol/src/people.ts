import { z } from 'zod'
import { TimeMs } from './json.ts'

/** Rights of a person in a workspace; each includes member. */
export const Role = z.enum(['administrator', 'editor', 'operator', 'member'])
export type Role = z.infer<typeof Role>

export const UserName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'A user name has 1 to 64 of a-z 0-9 . _ @ -, and begins with a letter or digit.')

export const User = z.object({
  name: UserName,
  displayName: z.string(),
  email: z.string().optional(),
  roles: z.array(Role),
  groups: z.array(z.string()),
  isActive: z.boolean(),
  createdAtMs: TimeMs,
})
export type User = z.infer<typeof User>

export const Group = z.object({ name: z.string(), title: z.string(), members: z.array(z.string()) })
export type Group = z.infer<typeof Group>

export const Token = z.object({
  id: z.string(),
  user: z.string(),
  name: z.string(),
  createdAtMs: TimeMs,
  lastUsedAtMs: TimeMs.optional(),
  expiresAtMs: TimeMs.optional(),
})
export type Token = z.infer<typeof Token>
