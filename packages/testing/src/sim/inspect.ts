/** The oracle's look at everything that is stored. */
import { isFinal } from '@millrace/kernel'
import { compileNet, type Model } from '@millrace/model'
import type { Store } from '@millrace/protocol'
import { foldViolation, statusViolation, stepViolation, tokenViolation } from './oracle/facts.ts'
import { checkRows } from './oracle/rows.ts'
import { checkMessages, checkTold, type Stored } from './oracle/told.ts'
import type { Requests } from './requests.ts'
import type { Violations } from './violations.ts'

/** @returns how many instances have which status. */
export const inspect = async (
  store: Store,
  {
    instances,
    requests,
    violations,
  }: { readonly instances: readonly string[]; readonly requests: Requests; readonly violations: Violations },
): Promise<{ readonly [status: string]: number }> => {
  const stored = new Map<string, Stored>()
  for (const id of instances) {
    const state = (await store.instances.load([id])).get(id)
    const facts = (await store.instances.facts(id)).map(({ fact }) => fact)
    if (state === undefined) violations.add(`${id} was written and cannot be loaded`)
    else stored.set(id, { state, facts })
  }
  const found = { ended: {} as { [status: string]: number } }
  for (const [id, { state, facts }] of stored) {
    found.ended[state.status] = (found.ended[state.status] ?? 0) + 1
    const version = state.kind === 'graph' ? await store.definitions.version('default', state.workflow, state.version) : undefined
    const net = version === undefined ? undefined : compileNet(version.content as unknown as Model)
    for (const wrong of [
      foldViolation(facts, state),
      stepViolation(id, facts),
      statusViolation(id, facts),
      net === undefined ? undefined : tokenViolation(id, facts, net),
      childViolation(id, stored),
    ]) {
      if (wrong !== undefined) violations.add(wrong)
    }
  }
  const states = [...stored.values()].map(({ state }) => state)
  await checkRows(store, states, violations)
  checkTold(requests.all, stored, violations)
  const kept = await store.instances.keptMessages({ after: 0, limit: 100_000 })
  checkMessages(
    requests.all,
    stored,
    kept.map(({ body }) => body),
    violations,
  )
  return found.ended
}

/** A parent that waits for a child waits for one that is still open. */
const childViolation = (id: string, stored: ReadonlyMap<string, Stored>): string | undefined => {
  const state = stored.get(id)?.state
  if (state === undefined || isFinal(state.status) || state.held.length > 0) return undefined
  for (const { wait, incident, n } of Object.values(state.steps)) {
    if (wait.kind !== 'child' || incident !== undefined) continue
    const child = stored.get(wait.child)?.state
    if (child === undefined || isFinal(child.status))
      return `${id}.${n} waits for ${wait.child}, which ${child === undefined ? 'never began' : `is ${child.status}`}`
  }
  return undefined
}
