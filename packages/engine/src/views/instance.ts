import type { GraphProgram, State, Step } from '@millrace/kernel'
import { type Instance, instanceSummary, type OpenStep, type Why } from '@millrace/protocol'
import type { LoadedVersion } from '../programs.ts'

/** An instance as the API shows it, from its state. `seq` is the feed position of its last change. */
export const instanceView = (
  state: State,
  extra: {
    readonly version?: LoadedVersion | undefined
    readonly why?: Why | undefined
    readonly position?: number | undefined
    readonly seq: number
    readonly tokenOf: (step: number) => string
  },
): Instance => {
  const steps = Object.values(state.steps)
  return {
    ...instanceSummary(state, { seq: extra.seq, incidents: incidentsOf(state) }),
    ...(extra.position === undefined ? {} : { position: extra.position }),
    ...(extra.why === undefined ? {} : { why: extra.why }),
    data: { ...state.data },
    ...(state.input === undefined ? {} : { input: state.input }),
    ...(state.output === undefined ? {} : { output: state.output }),
    ...(state.error === undefined ? {} : { error: { ...state.error } }),
    ...(state.incident === undefined ? {} : { incident: { ...state.incident } }),
    ...(state.reason === undefined ? {} : { reason: state.reason }),
    steps: steps.map((step) => stepView(step, extra.version, extra.tokenOf)),
    tokens: tokensView(state, extra.version),
    passes: { ...state.passes },
    facts: state.facts,
  }
}

const stepView = (step: Step, version: LoadedVersion | undefined, tokenOf: (step: number) => string): OpenStep => {
  const { wait } = step
  const waitsForCallback =
    wait.kind === 'callback'
      ? step.incident === undefined
      : wait.kind === 'task' && (wait.awaitsCallback === true || isCallbackNode(version, step.node))
  return {
    step: step.n,
    node: step.node,
    title: titleOf(version, step.node),
    waits: wait.kind,
    openedAtMs: step.openedAtMs,
    ...(wait.kind === 'task' ? { task: wait.task, attempt: wait.attempt } : {}),
    ...(wait.kind === 'task' && wait.retryAtMs !== undefined ? { retryAtMs: wait.retryAtMs } : {}),
    ...('dueAtMs' in wait && wait.dueAtMs !== undefined ? { dueAtMs: wait.dueAtMs } : {}),
    ...(wait.kind === 'child' ? { child: wait.child } : {}),
    ...(wait.kind === 'work-item' ? { candidates: [...wait.candidates] } : {}),
    ...(wait.kind === 'work-item' && wait.assignee !== undefined ? { assignee: wait.assignee } : {}),
    ...(step.incident === undefined ? {} : { incident: { ...step.incident } }),
    ...(waitsForCallback ? { callback: tokenOf(step.n) } : {}),
  }
}

const graphOf = (version: LoadedVersion | undefined): GraphProgram | undefined =>
  version?.program.kind === 'graph' ? version.program : undefined

const isCallbackNode = (version: LoadedVersion | undefined, id: string): boolean => {
  const program = graphOf(version)
  const node = program?.model.nodes[program.net.indexOf.get(id) ?? -1]
  return node?.type === 'process' && !node.autoAdvance
}

/** Title of a node; for code the name of the call. */
export const titleOf = (version: LoadedVersion | undefined, id: string): string => {
  const program = graphOf(version)
  return program?.model.nodes[program.net.indexOf.get(id) ?? -1]?.title ?? id
}

const tokensView = (state: State, version: LoadedVersion | undefined): { [edge: string]: number } => {
  const program = graphOf(version)
  return Object.fromEntries(
    Object.entries(state.tokens).map(([edge, count]) => {
      const transition = program?.model.transitions[Number(edge)]
      return [transition === undefined ? edge : `${transition.from}>${transition.to}`, count]
    }),
  )
}

const incidentsOf = (state: State): number =>
  Object.values(state.steps).filter((step) => step.incident !== undefined).length + (state.incident === undefined ? 0 : 1)
