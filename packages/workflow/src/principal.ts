/** A person or group named as `user:ana` or `group:editors`. */
export type Principal = UserPrincipal | GroupPrincipal
export type UserPrincipal = `user:${string}`
export type GroupPrincipal = `group:${string}`

const NAME = /^[^\s:][^:]*$/

/**
 * Names a group of people: whoever of its members is first claims and decides the work item.
 *
 * @throws TypeError when the name is empty, starts with a space or has a colon.
 * @example await run.ask({ to: group('finance'), title: 'Refund 42', routes: ['approve', 'reject'] })
 */
export const group = (name: string): GroupPrincipal => `group:${checked(name, 'group')}`

/**
 * Names one person, by the name they sign in with.
 *
 * @throws TypeError when the name is empty, starts with a space or has a colon.
 * @example await run.ask({ to: user('ana'), title: 'Read the report', routes: ['read'] })
 */
export const user = (name: string): UserPrincipal => `user:${checked(name, 'user')}`

const checked = (name: string, kind: 'user' | 'group'): string => {
  if (typeof name === 'string' && NAME.test(name)) return name
  throw new TypeError(
    `${kind}(${JSON.stringify(name)}) names nobody: give the bare name, as in ${kind}('${kind === 'user' ? 'ana' : 'finance'}').`,
  )
}
