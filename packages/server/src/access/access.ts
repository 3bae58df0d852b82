/**
 * Who is calling: from a session cookie or an API token to a Caller.
 *
 * Owns: sign-in, sessions, tokens, the cache of callers. Does not own: what a caller may do (`policy.ts`, `visibility.ts`).
 *
 * Invariants:
 * I1. A change to a person, group, token or session is seen by the next request: whoever writes one calls `forget`.
 * I2. Nothing secret is kept: sessions and tokens by hash, passwords by argon2id.
 * I3. Wrong password, unknown user and inactive user are one answer, after the same time.
 */
import { type Me, MillraceError, type Store, type UserRow } from '@millrace/protocol'
import { AttemptLimiter } from './attempt-limiter.ts'
import { type Caller, type Credential, callerOf } from './caller.ts'
import { hashPassword, PASSWORD_COST, type PasswordCost, verifyPassword } from './password.ts'
import { hashSecret, newSecret } from './secret.ts'
import { SESSION_MS } from './session-cookie.ts'

/** What a request brings along. */
export interface Credentials {
  /** Of `Authorization: Bearer`. */
  readonly token?: string | undefined
  /** Of the cookie. */
  readonly session?: string | undefined
  /** Of `X-Millrace-As`. */
  readonly actingFor?: string | undefined
}

export interface AccessOptions {
  readonly store: Store
  readonly now: () => number
  readonly passwordCost?: PasswordCost
}

/** Changes made past this server (another program with the store open) are seen after this long. */
const CACHE_MS = 10_000
const MOST_CACHED = 10_000
/** `lastUsedAtMs` of a token is kept to the minute: a write per request would cost as much as the request. */
const TOUCH_MS = 60_000

export class Access {
  readonly #store: Store
  readonly #now: () => number
  readonly #cost: PasswordCost
  readonly #cache = new Map<string, { readonly caller: Caller; readonly untilMs: number }>()
  readonly #touched = new Map<string, number>()
  #generation = 0
  readonly #listeners = new Set<() => void>()
  /** A person at a place, a place, and a person from everywhere (slows guessing from many places, without locking anybody out for long). */
  readonly #limits: { readonly pair: AttemptLimiter; readonly address: AttemptLimiter; readonly user: AttemptLimiter }

  constructor(options: AccessOptions) {
    this.#store = options.store
    this.#now = options.now
    this.#cost = options.passwordCost ?? PASSWORD_COST
    this.#limits = {
      pair: new AttemptLimiter({ failures: 5, withinMs: 5 * 60_000 }, options.now),
      address: new AttemptLimiter({ failures: 50, withinMs: 5 * 60_000 }, options.now),
      user: new AttemptLimiter({ failures: 100, withinMs: 60 * 60_000 }, options.now),
    }
  }

  /** The caller if it is known without asking the store, which is nearly always. */
  cached(credentials: Credentials): Caller | undefined {
    const key = cacheKey(credentials)
    const entry = key === undefined ? undefined : this.#cache.get(key)
    const now = this.#now()
    if (entry === undefined || entry.untilMs <= now || isExpired(entry.caller.credential, now)) return undefined
    this.#touch(entry.caller.credential, now)
    return entry.caller
  }

  /** @returns undefined without valid credentials. @throws MillraceError FORBIDDEN, NOT_FOUND for `X-Millrace-As`. */
  async authenticate(credentials: Credentials): Promise<Caller | undefined> {
    const known = this.cached(credentials)
    if (known !== undefined) return known
    const key = cacheKey(credentials)
    if (key === undefined) return undefined
    const generation = this.#generation
    const found = await this.#find(credentials)
    if (found === undefined) return undefined
    const caller = await this.#actFor(found.person, found.credential, credentials.actingFor)
    // What was read before a change must not be remembered after it (I1).
    if (generation === this.#generation) this.#remember(key, caller)
    this.#touch(found.credential, this.#now())
    return caller
  }

  #remember(key: string, caller: Caller): void {
    if (this.#cache.size >= MOST_CACHED) this.#cache.clear()
    this.#cache.set(key, { caller, untilMs: this.#now() + CACHE_MS })
  }

  /** Drops what is known of callers; to be called after every change to people, tokens and sessions (I1). */
  forget(): void {
    this.#generation++
    this.#cache.clear()
    for (const listener of this.#listeners) listener()
  }

  /** Called after every `forget`: open streams check again whose they are. */
  onForget(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @throws MillraceError UNAUTHENTICATED, RATE_LIMITED. */
  async signIn(name: string, password: string, address: string): Promise<{ readonly secret: string; readonly caller: Caller }> {
    const person = await this.#prove(name.toLowerCase(), password, address)
    const now = this.#now()
    const secret = newSecret()
    const row = { hash: hashSecret(secret), user: person.name, csrf: newSecret(), createdAtMs: now, expiresAtMs: now + SESSION_MS }
    await this.#store.people.saveSession(row)
    return { secret, caller: callerOf(person, { kind: 'session', hash: row.hash, csrf: row.csrf, expiresAtMs: row.expiresAtMs }) }
  }

  async signOut(credential: Credential): Promise<void> {
    if (credential.kind === 'session') await this.#store.people.deleteSession(credential.hash)
    this.forget()
  }

  /** Ends every other session of the person. @throws MillraceError UNAUTHENTICATED, RATE_LIMITED. */
  async changePassword(
    caller: Caller,
    change: { readonly current: string; readonly next: string; readonly address: string },
  ): Promise<void> {
    const person = await this.#prove(caller.user, change.current, change.address)
    const kept = caller.credential.kind === 'session' ? await this.#store.people.session(caller.credential.hash) : undefined
    await this.setPassword(person, change.next, caller.user)
    if (kept !== undefined) await this.#store.people.saveSession(kept)
    this.forget()
  }

  /** Ends all sessions of the person. */
  async setPassword(person: UserRow, password: string, by: string): Promise<void> {
    await this.#store.people.saveUser({ ...person, passwordHash: await hashPassword(password, this.#cost) }, by)
    await this.#store.people.deleteSessionsOf(person.name)
    this.forget()
  }

  hashPassword(password: string): Promise<string> {
    return hashPassword(password, this.#cost)
  }

  async #prove(name: string, password: string, address: string): Promise<UserRow> {
    const succeeded = [this.#limits.pair.begin(`${name} ${address}`), this.#limits.address.begin(address), this.#limits.user.begin(name)]
    const person = await this.#store.people.user(name)
    const isRight = await verifyPassword(person?.isActive === true ? person.passwordHash : undefined, password, this.#cost)
    if (!isRight || person === undefined) {
      throw new MillraceError('UNAUTHENTICATED', 'User name or password is wrong. An administrator can set a new password.')
    }
    for (const succeed of succeeded) succeed()
    return person
  }

  async #find(credentials: Credentials): Promise<{ readonly person: UserRow; readonly credential: Credential } | undefined> {
    const credential =
      credentials.token === undefined ? await this.#findSession(credentials.session) : await this.#findToken(credentials.token)
    if (credential === undefined || isExpired(credential.credential, this.#now())) return undefined
    const person = await this.#store.people.user(credential.user)
    return person?.isActive === true ? { person, credential: credential.credential } : undefined
  }

  async #findToken(token: string): Promise<{ readonly user: string; readonly credential: Credential } | undefined> {
    const row = await this.#store.people.tokenByHash(hashSecret(token))
    if (row === undefined) return undefined
    const expires = row.expiresAtMs === undefined ? {} : { expiresAtMs: row.expiresAtMs }
    return { user: row.user, credential: { kind: 'token', id: row.id, hash: row.hash, ...expires } }
  }

  async #findSession(secret: string | undefined): Promise<{ readonly user: string; readonly credential: Credential } | undefined> {
    const row = secret === undefined ? undefined : await this.#store.people.session(hashSecret(secret))
    if (row === undefined) return undefined
    return { user: row.user, credential: { kind: 'session', hash: row.hash, csrf: row.csrf, expiresAtMs: row.expiresAtMs } }
  }

  async #actFor(person: UserRow, credential: Credential, name: string | undefined): Promise<Caller> {
    if (name === undefined || name === person.name) return callerOf(person, credential)
    if (!person.roles.includes('administrator')) {
      throw new MillraceError('FORBIDDEN', `Only administrators may act for somebody else, and ${person.name} is not one.`)
    }
    const other = await this.#store.people.user(name)
    if (other?.isActive !== true) throw new MillraceError('NOT_FOUND', `There is no active user ${name} to act for.`)
    return callerOf(other, credential, person.name)
  }

  #touch(credential: Credential, now: number): void {
    if (credential.kind !== 'token' || now - (this.#touched.get(credential.id) ?? 0) < TOUCH_MS) return
    this.#touched.set(credential.id, now)
    // Nobody waits for it, and losing one says only that a token was used a minute earlier than it was.
    this.#store.people.touchToken(credential.id, now).catch(() => this.#touched.delete(credential.id))
  }
}

/** Raw secrets are never kept, not even here (I2). */
const cacheKey = ({ token, session, actingFor }: Credentials): string | undefined => {
  const secret = token ?? session
  if (secret === undefined) return undefined
  return `${token === undefined ? 's' : 't'}${hashSecret(secret)}${actingFor ?? ''}`
}

const isExpired = (credential: Credential, now: number): boolean => credential.expiresAtMs !== undefined && credential.expiresAtMs <= now

/** What a caller is told about themselves. */
export const meOf = (caller: Caller, workspace: string): Me => ({
  user: caller.user,
  displayName: caller.displayName,
  ...(caller.email === undefined ? {} : { email: caller.email }),
  roles: [...caller.roles],
  groups: [...caller.groups],
  workspace,
  via: caller.credential.kind,
  ...(caller.credential.kind === 'session' ? { csrf: caller.credential.csrf } : {}),
  ...(caller.actingAdministrator === undefined ? {} : { actingAdministrator: caller.actingAdministrator }),
  ...(caller.credential.expiresAtMs === undefined ? {} : { expiresAtMs: caller.credential.expiresAtMs }),
})
