import { z } from 'zod'
import { Principal, TimeMs } from './json.ts'
import { Password } from './password.ts'

/** Rights of a person in a workspace; each includes member. */
export const Role = z.enum(['administrator', 'editor', 'operator', 'member'])
export type Role = z.infer<typeof Role>

const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'A user name has 1 to 64 of a-z 0-9 . _ @ -, and begins with a letter or digit.')

/** Facts of the host itself name nobody; those of a person called as it is would not either. */
export const UserName = Name.refine(
  (name) => name !== 'system',
  'The name system is the host’s own: what it does by itself. Take another, such as system-admin.',
)

export const User = z.object({
  name: Name,
  displayName: z.string(),
  email: z.string().optional(),
  roles: z.array(Role),
  groups: z.array(z.string()),
  isActive: z.boolean(),
  createdAtMs: TimeMs,
})
export type User = z.infer<typeof User>

export const GroupName = z
  .string()
  .regex(/^[^\s:/][^:/]{0,63}$/, 'A group name has 1 to 64 characters, none of them ":" or "/", and does not begin with a space.')

export const Group = z.object({ name: z.string(), title: z.string(), members: z.array(z.string()) })
export type Group = z.infer<typeof Group>

/** Somebody or some group that may be named as assignee; what every member may know of others. */
export const Person = z.object({ principal: Principal, title: z.string() })
export type Person = z.infer<typeof Person>

const profile = {
  displayName: z.string().min(1).max(200).optional(),
  email: z.email().max(320).optional(),
  roles: z.array(Role).optional(),
  groups: z.array(GroupName).optional(),
}

/** Body of `POST /users`. Without a password one is made and shown once in the answer. */
export const CreateUser = z.strictObject({ name: UserName, ...profile, password: Password.optional() })
export type CreateUser = z.infer<typeof CreateUser>

/** Body of `PATCH /users/:name`: what is absent stays. An inactive user cannot sign in, and their tokens stop working. */
export const ChangeUser = z.strictObject({ ...profile, email: z.email().max(320).nullable().optional(), isActive: z.boolean().optional() })
export type ChangeUser = z.infer<typeof ChangeUser>

/** A user made or given a new password; `password` only where the server chose it, and never again. */
export const UserWithPassword = z.object({ user: User, password: z.string().optional() })
export type UserWithPassword = z.infer<typeof UserWithPassword>

/** Body of `PUT /groups/:name`. */
export const SaveGroup = z.strictObject({ title: z.string().min(1).max(200).optional(), members: z.array(UserName).max(10_000) })
export type SaveGroup = z.infer<typeof SaveGroup>

export const Token = z.object({
  id: z.string(),
  user: z.string(),
  name: z.string(),
  createdAtMs: TimeMs,
  lastUsedAtMs: TimeMs.optional(),
  expiresAtMs: TimeMs.optional(),
})
export type Token = z.infer<typeof Token>

/** Body of `POST /tokens`. Only administrators make tokens for others. */
export const CreateToken = z.strictObject({
  name: z.string().min(1).max(100),
  user: UserName.optional(),
  /** Absent = it does not expire. */
  expiresInDays: z.number().int().min(1).max(3650).optional(),
})
export type CreateToken = z.infer<typeof CreateToken>

/** A new token with its secret, `mr_…`: shown once, stored as a hash. */
export const TokenWithSecret = z.object({ token: Token, secret: z.string() })
export type TokenWithSecret = z.infer<typeof TokenWithSecret>
