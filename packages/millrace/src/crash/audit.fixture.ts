/** Reads a data folder that nobody serves, and tells everything in it that must not be. */

import { isDeepStrictEqual } from 'node:util'
import { apply, type Fact, isFinal, type State } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'
import { openSqliteStore } from '@millrace/store'
import type { Completion } from './load.fixture.ts'

export interface Found {
  readonly instances: number
  readonly wrong: readonly string[]
  /** Keys of all steps that paid outside. */
  readonly paid: readonly string[]
}

/** @param expected what was acknowledged */
export const audit = async (
  path: string,
  expected: { readonly starts: ReadonlyMap<string, string>; readonly completions: readonly Completion[] },
): Promise<Found> => {
  const store = await openSqliteStore({ path, readOnly: true })
  const wrong: string[] = []
  const paid: string[] = []
  const deploys: { readonly from: number; readonly to: number; readonly id: string }[] = []
  const ids = await allIds(store)
  const begun = new Map<string, number>()
  for (const id of ids) {
    const facts = (await store.instances.facts(id)).map(({ fact }) => fact)
    const stored = (await store.instances.load([id])).get(id)
    if (stored === undefined) {
      wrong.push(`${id} is listed and cannot be loaded`)
      continue
    }
    if (
      !isDeepStrictEqual(
        facts.reduce<State | undefined>((state, fact) => apply(state, fact), undefined),
        stored,
      )
    )
      wrong.push(`${id} is not the fold of its facts`)
    if (!isFinal(stored.status)) wrong.push(`${id} of ${stored.workflow} is ${stored.status}`)
    else if (stored.status !== 'COMPLETED') wrong.push(`${id} of ${stored.workflow} ended as ${stored.status}`)
    if (stored.parent === undefined) begun.set(stored.workflow, (begun.get(stored.workflow) ?? 0) + 1)
    wrong.push(...wrongFacts(stored, facts))
    paid.push(
      ...facts.flatMap((fact) =>
        fact.t === 'opened' && fact.wait.kind === 'task' && fact.wait.task === 'outside.pay' ? [`${id}:${fact.step}`] : [],
      ),
    )
    if (stored.workflow === 'deploy') deploys.push({ id, from: facts.find(isBegin)?.at ?? 0, to: stored.endedAtMs ?? 0 })
  }
  for (const [id, workflow] of expected.starts) if (!ids.includes(id)) wrong.push(`the acknowledged start of ${workflow} ${id} is lost`)
  const acknowledged = new Map<string, number>()
  for (const workflow of expected.starts.values()) acknowledged.set(workflow, (acknowledged.get(workflow) ?? 0) + 1)
  for (const [workflow, count] of begun) {
    if (count !== acknowledged.get(workflow))
      wrong.push(`${acknowledged.get(workflow) ?? 0} starts of ${workflow} were asked for, ${count} began`)
  }
  for (const { instance, step, route } of expected.completions) {
    const item = await store.queries.workItem(instance, step)
    if (item?.decidedBy !== 'ana' || item.route !== route)
      wrong.push(`the acknowledged ${route} of ${instance}.${step} is ${item?.route ?? 'lost'}`)
  }
  deploys.sort((a, b) => a.from - b.from || a.to - b.to)
  for (const [place, deploy] of deploys.entries()) {
    const next = deploys[place + 1]
    if (next !== undefined && next.from < deploy.to) wrong.push(`${deploy.id} and ${next.id} held one lock at the same time`)
  }
  await store.close()
  return { instances: ids.length, wrong, paid }
}

const isBegin = (fact: Fact): boolean => fact.t === 'admitted' || (fact.t === 'created' && fact.status === 'RUNNING')

/** No step is closed twice, no join fires twice, nothing is opened twice. None of these workflows has a loop. */
const wrongFacts = (state: State, facts: readonly Fact[]): readonly string[] => {
  const seen = new Set<string>()
  return facts.flatMap((fact) => {
    const what =
      fact.t === 'passed'
        ? `passed ${fact.node}`
        : fact.t === 'closed'
          ? `closed ${fact.step}`
          : fact.t === 'opened'
            ? `opened ${fact.node}`
            : undefined
    if (what === undefined || !seen.has(what)) {
      if (what !== undefined) seen.add(what)
      return []
    }
    return [`${state.id} of ${state.workflow} ${what} twice`]
  })
}

const allIds = async (store: Store): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await store.queries.instances(
      { workspace: 'default', reader: { user: 'ana', groups: [], seesAll: true }, sort: 'created' },
      { limit: 200, cursor },
    )
    ids.push(...page.items.map((row) => row.id))
    cursor = page.next
    if (cursor === undefined) return ids
  }
}
