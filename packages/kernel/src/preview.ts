/** What a command would do, decided on a copy of the state and thrown away (CONSOLE rule 3). Done against a changed state it must be asked again. */
import { decide } from './decide.ts'
import type { Env } from './env.ts'
import type { Fact } from './fact.ts'
import type { Input } from './input.ts'
import { Refusal } from './refusal.ts'
import type { State } from './state.ts'
import type { Status } from './status.ts'
import { isAttemptRunning } from './step/withdraw.ts'
import { askedOf, type JsonValue } from './values.ts'

/** A work item that is taken away, and from whom. */
export interface WithdrawnItem {
  readonly step: number
  readonly title: string
  readonly who: readonly string[]
}

export interface Preview {
  /** Facts the instance has now: the version of the state the preview is true for. */
  readonly facts: number
  /** Why it cannot be done; then nothing else is said. */
  readonly refused?: { readonly code: string; readonly message: string }
  readonly status: { readonly from: Status; readonly to: Status }
  readonly stepsOpened: readonly { readonly step: number; readonly node: string }[]
  readonly stepsEnded: readonly { readonly step: number; readonly node: string }[]
  readonly itemsWithdrawn: readonly WithdrawnItem[]
  readonly attemptsAborted: readonly { readonly step: number; readonly node: string; readonly task: string }[]
  /** Tasks that would run, and with which key: a key seen before means the world may have felt it already. */
  readonly attemptsStarted: readonly {
    readonly step: number
    readonly node: string
    readonly task: string
    readonly key: string
    readonly again: boolean
  }[]
  readonly dataChanged: readonly { readonly name: string; readonly from?: JsonValue; readonly to?: JsonValue }[]
  readonly locksReleased: readonly string[]
  /** The function of a code workflow goes on. */
  readonly runsCode: boolean
}

export const preview = (state: State, input: Input, env: Env): Preview => {
  const none: Preview = {
    facts: state.facts,
    status: { from: state.status, to: state.status },
    stepsOpened: [],
    stepsEnded: [],
    itemsWithdrawn: [],
    attemptsAborted: [],
    attemptsStarted: [],
    dataChanged: [],
    locksReleased: [],
    runsCode: false,
  }
  try {
    const { state: after, facts, effects } = decide(state, input, env)
    const gone = Object.values(state.steps).filter((step) => after.steps[step.n] === undefined)
    const fresh = Object.values(after.steps).filter((step) => state.steps[step.n] === undefined)
    return {
      ...none,
      status: { from: state.status, to: after.status },
      stepsOpened: fresh.map(({ n, node }) => ({ step: n, node })),
      stepsEnded: gone.map(({ n, node }) => ({ step: n, node })),
      itemsWithdrawn: withdrawnItems(state, after, facts),
      attemptsAborted: gone.flatMap((step) =>
        step.wait.kind === 'task' && isAttemptRunning(step) ? [{ step: step.n, node: step.node, task: step.wait.task }] : [],
      ),
      attemptsStarted: effects.flatMap((effect) =>
        effect.kind === 'attempt'
          ? [
              {
                step: effect.step,
                node: after.steps[effect.step]?.node ?? '',
                task: effect.task,
                key: effect.key,
                again: state.steps[effect.step]?.wait.kind === 'task',
              },
            ]
          : [],
      ),
      dataChanged: changedData(state, after),
      locksReleased: effects.some((effect) => effect.kind === 'release') ? state.locks : [],
      runsCode: effects.some((effect) => effect.kind === 'deliver'),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...none, refused: { code: error.code, message: error.message } }
  }
}

/** Work items that are open before and not after, and that nobody decided. */
export const withdrawnItems = (before: State, after: State, facts: readonly Fact[]): readonly WithdrawnItem[] => {
  const closed = new Set(facts.flatMap((fact) => (fact.t === 'closed' ? [fact.step] : [])))
  return Object.values(before.steps).flatMap(({ n, wait }) =>
    wait.kind === 'work-item' && after.steps[n] === undefined && !closed.has(n) ? [{ step: n, title: wait.title, who: askedOf(wait) }] : [],
  )
}

const changedData = (before: State, after: State): Preview['dataChanged'] => {
  const names = new Set([...Object.keys(before.data), ...Object.keys(after.data)])
  return [...names].flatMap((name) => {
    const from = before.data[name]
    const to = after.data[name]
    if (JSON.stringify(from) === JSON.stringify(to)) return []
    return [{ name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]
  })
}
