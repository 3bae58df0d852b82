import type { LiveInstance } from '../instance.ts'
import { type Scope, within } from '../scope.ts'

/**
 * The first branch that settles decides. Branches that are functions run in scopes of their own, so that whatever they called, and call
 * later, is known to be theirs; of a bare promise only the call it came from is known.
 */
export const race = (instance: LiveInstance, outer: Scope, branches: { readonly [name: string]: unknown }): Promise<unknown> => {
  const { primitives } = instance.workflow.realm
  const names = Object.keys(branches ?? {})
  if (names.length === 0)
    throw new Error('run.race has no branches: give at least one, such as { answer: () => run.ask(…), late: () => run.sleep("2d") }')
  const { promise, resolve, reject } = primitives.deferred()
  const scopes: Scope[] = []
  const single: number[] = []
  let isDecided = false
  const decide = (): boolean => {
    if (isDecided) return false
    isDecided = true
    instance.withdraw(outer, scopes, single)
    return true
  }
  for (const name of names) {
    const { value, call, scope } = begin(instance, outer, branches[name])
    if (scope !== undefined) scopes.push(scope)
    if (call !== undefined) single.push(call)
    primitives.follow(
      value,
      (won) => decide() && resolve(primitives.object(['winner', 'value'], [name, won])),
      (error) => decide() && reject(error),
    )
  }
  return promise
}

/** Runs a part of the workflow in a scope of its own, which ends with it. */
export const scoped = (instance: LiveInstance, outer: Scope, part: (scope: Scope) => unknown): Promise<unknown> => {
  const { primitives } = instance.workflow.realm
  const { promise, resolve, reject } = primitives.deferred()
  const scope = instance.openScope(outer)
  const { value } = run(instance, scope, () => part(scope))
  primitives.follow(
    value,
    (result) => {
      instance.withdraw(outer, [scope])
      resolve(result)
    },
    (error) => {
      instance.withdraw(outer, [scope])
      reject(error)
    },
  )
  return promise
}

const begin = (
  instance: LiveInstance,
  outer: Scope,
  branch: unknown,
): { readonly value: unknown; readonly call?: number; readonly scope?: Scope } => {
  if (typeof branch === 'function') {
    const scope = instance.openScope(outer)
    return { ...run(instance, scope, branch as () => unknown), scope }
  }
  const call = instance.callBehind(branch)
  return call === undefined ? { value: branch } : { value: branch, call }
}

/** What it returned; a promise that rejects where it threw at once. */
const run = (instance: LiveInstance, scope: Scope, work: () => unknown): { readonly value: unknown } => {
  try {
    return { value: within(scope, work) }
  } catch (error) {
    const { promise, reject } = instance.workflow.realm.primitives.deferred()
    reject(error)
    return { value: promise }
  }
}
