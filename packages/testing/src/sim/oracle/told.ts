/** What people were told is true for ever, whatever happened to the host since. */
import { apply, type Fact, isFinal, type State } from '@millrace/kernel'
import type { Request } from '../requests.ts'
import type { Violations } from '../violations.ts'

export interface Stored {
  readonly state: State
  readonly facts: readonly Fact[]
}

export const checkTold = (requests: readonly Request[], stored: ReadonlyMap<string, Stored>, violations: Violations): void => {
  const titles = new Map<string, string[]>()
  for (const { state } of stored.values())
    if (state.parent === undefined) titles.set(state.title, [...(titles.get(state.title) ?? []), state.id])
  for (const request of requests) {
    const { about, answer, told, title } = request
    if (title !== undefined) checkStart(request, titles.get(title) ?? [], violations)
    if (told !== 'done' || answer === undefined) continue
    const found = stored.get(answer.id)
    if (found === undefined) {
      // A transient instance that ran through leaves nothing.
      if (title === undefined || !isFinal(answer.status)) violations.add(`${about} was acknowledged, and ${answer.id} does not exist`)
      continue
    }
    // The answer says how many facts there were: what they fold to is what was promised.
    const then = found.facts.slice(0, answer.facts).reduce<State | undefined>((state, fact) => apply(state, fact), undefined)
    if (found.facts.length < answer.facts || then?.status !== answer.status || then.run !== answer.run)
      violations.add(
        `${about} was told ${answer.status} in run ${answer.run} after ${answer.facts} facts; stored is ${then?.status} in run ${then?.run} of ${found.facts.length}`,
      )
  }
  checkDecisions(requests, stored, violations)
}

/** A start that was acknowledged began one instance, a refused one none. */
const checkStart = ({ about, told, answer, code }: Request, ids: readonly string[], violations: Violations): void => {
  if (ids.length > 1) violations.add(`${about} began ${ids.length} instances`)
  if (told === 'refused' && ids.length > 0) violations.add(`${about} was refused with ${code}, and ${ids[0]} began`)
  if (told === 'done' && answer !== undefined && ids[0] !== undefined && ids[0] !== answer.id)
    violations.add(`${about} was told ${answer.id}, and ${ids[0]} began`)
}

/** Of several people who decide about one step one wins; the step is closed as that one was told. */
const checkDecisions = (requests: readonly Request[], stored: ReadonlyMap<string, Stored>, violations: Violations): void => {
  const winners = new Map<string, Request>()
  for (const request of requests) {
    const { decides, told, about } = request
    if (decides === undefined || told !== 'done') continue
    const name = `${decides.instance}.${decides.step}`
    const other = winners.get(name)
    if (other !== undefined) violations.add(`${about} and ${other.about} both won`)
    winners.set(name, request)
    const said = (stored.get(decides.instance)?.facts ?? []).flatMap((fact) => {
      if (fact.t === 'closed' && fact.step === decides.step) return { by: fact.by, route: fact.route }
      // Said while the code was busy: it is written, and told to the code as soon as that has time.
      const { input } = fact.t === 'held' ? fact : {}
      return input?.kind === 'settle' && input.step === decides.step ? { by: input.by?.by, route: input.route } : []
    })
    const isTrue =
      said.length > 0 && said.every(({ by, route }) => by === decides.user && (decides.route === undefined || route === decides.route))
    if (!isTrue) violations.add(`${about} was acknowledged, and what is written is ${JSON.stringify(said)}`)
  }
}

/** No acknowledged message is lost: somebody took it, or it is kept. */
export const checkMessages = (
  requests: readonly Request[],
  stored: ReadonlyMap<string, Stored>,
  kept: readonly unknown[],
  violations: Violations,
): void => {
  const places = new Map<unknown, string[]>()
  const put = (body: unknown, place: string): void => void places.set(body, [...(places.get(body) ?? []), place])
  for (const body of kept) put(body, 'kept')
  for (const { state, facts } of stored.values()) {
    const waits = new Set(
      facts.flatMap((fact) => ((fact.t === 'opened' || fact.t === 'turned') && fact.wait.kind === 'message' ? [fact.step] : [])),
    )
    for (const fact of facts) {
      if (fact.t === 'closed' && fact.took === undefined && waits.has(fact.step)) put(fact.output, `${state.id}.${fact.step}`)
      if (fact.t === 'message') put(fact.body, `${state.id} keeps it`)
      if (fact.t === 'held' && fact.input.kind === 'message') put(fact.input.body, `${state.id} holds it`)
    }
  }
  for (const { about, told } of requests) {
    if (!about.startsWith('publish ') || told !== 'done') continue
    const found = places.get(about.slice('publish '.length)) ?? []
    if (found.length === 0) violations.add(`${about} was acknowledged, and the message is nowhere`)
  }
}
