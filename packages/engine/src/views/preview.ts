/** What a command would do, for the people who are about to give it: the kernel's preview with titles, other instances, and tasks that would run anew. */
import { attemptKey, type Env, isFinal, nodeById, type Preview as OwnPreview, preview, type State, withdrawnItems } from '@millrace/kernel'
import { type CommandInput, MillraceError, type Preview } from '@millrace/protocol'
import type { LoadedVersion } from '../programs.ts'
import type { Change } from '../tick/piece.ts'
import { titleOf } from './instance.ts'
import type { Timelines } from './timeline.ts'

export interface PreviewPorts {
  readonly env: (version: LoadedVersion) => Env
  readonly timelines: Timelines
  /** Decides on copies, with everything that follows in other instances, and takes it back. */
  readonly tryOut: (instance: string, input: CommandInput) => Promise<ReadonlyMap<string, Change>>
}

export const previewCommand = async (
  { env, timelines, tryOut }: PreviewPorts,
  state: State,
  version: LoadedVersion,
  input: CommandInput,
): Promise<Preview> => {
  const changes = await tried(() => tryOut(state.id, input))
  const own =
    'refused' in changes ? preview(state, input, env(version)) : preview(state, admitted(input, changes.get(state.id)), env(version))
  const refused = own.refused ?? ('refused' in changes ? changes.refused : undefined)
  const titled = titledPreview(own, version)
  if (refused !== undefined) return { ...titled, ...NOTHING, facts: own.facts, status: { from: state.status, to: state.status }, refused }
  return {
    ...titled,
    repeats: input.kind === 'restart' ? await repeatsOf(timelines, state, version, input.from) : [],
    others: 'refused' in changes ? [] : othersOf(state.id, changes),
  }
}

const NOTHING = {
  stepsOpened: [],
  stepsEnded: [],
  itemsWithdrawn: [],
  attemptsAborted: [],
  attemptsStarted: [],
  repeats: [],
  dataChanged: [],
  locksReleased: [],
  runsCode: false,
  others: [],
}

type Tried = ReadonlyMap<string, Change> | { readonly refused: { readonly code: string; readonly message: string } }

const tried = async (run: () => Promise<ReadonlyMap<string, Change>>): Promise<Tried> => {
  try {
    return await run()
  } catch (error) {
    // What only the host can refuse: locks that are held.
    if (error instanceof MillraceError) return { refused: { code: error.code, message: error.message } }
    throw error
  }
}

/** Admission is the host's: what it decided in the trial is what the preview shows. */
const admitted = (input: CommandInput, change: Change | undefined): CommandInput =>
  (input.kind === 'restart' || input.kind === 'resume') && change?.before !== undefined && isFinal(change.before.status)
    ? { ...input, status: change.after.status === 'QUEUED' ? 'QUEUED' : 'RUNNING' }
    : input

const titledPreview = (own: OwnPreview, version: LoadedVersion): Omit<Preview, 'repeats' | 'others'> => {
  const titled = <T extends { readonly node: string }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, title: titleOf(version, row.node) }))
  return {
    facts: own.facts,
    ...(own.refused === undefined ? {} : { refused: own.refused }),
    status: own.status,
    stepsOpened: titled(own.stepsOpened),
    stepsEnded: titled(own.stepsEnded),
    itemsWithdrawn: own.itemsWithdrawn.map((item) => ({ ...item, who: [...item.who] })),
    attemptsAborted: titled(own.attemptsAborted),
    attemptsStarted: titled(own.attemptsStarted),
    dataChanged: own.dataChanged.map((change) => ({ ...change })),
    locksReleased: [...own.locksReleased],
    runsCode: own.runsCode,
  }
}

const othersOf = (instance: string, changes: ReadonlyMap<string, Change>): Preview['others'] =>
  [...changes].flatMap(([id, { before, after, facts }]) =>
    id === instance
      ? []
      : [
          {
            instance: id,
            title: after.title,
            workflow: after.workflow,
            status: { ...(before === undefined ? {} : { from: before.status }), to: after.status },
            itemsWithdrawn:
              before === undefined ? [] : withdrawnItems(before, after, facts).map((item) => ({ ...item, who: [...item.who] })),
          },
        ],
  )

/** Tasks that ran before and lie on the way a restart takes; each with its last step, newest first. */
const repeatsOf = async (
  timelines: Timelines,
  state: State,
  version: LoadedVersion,
  from: string | undefined,
): Promise<Preview['repeats']> => {
  const isOnTheWay = wayFrom(version, from)
  const last = new Map<string, Preview['repeats'][number]>()
  for (const row of await timelines.rows(state)) {
    const ran = row.spans.find((span) => span.cause === 'compute')
    const task = taskOf(version, row.node)
    if (ran === undefined || task === undefined || !isOnTheWay(row)) continue
    const title = titleOf(version, row.node)
    last.set(row.node, { step: row.step, node: row.node, title, task, key: attemptKey(state.id, row.step), atMs: ran.fromMs })
  }
  return [...last.values()].reverse()
}

/** For a graph, nodes that can be reached from a node; for code, every step from a step on. */
const wayFrom = (
  version: LoadedVersion,
  from: string | undefined,
): ((row: { readonly node: string; readonly step: number }) => boolean) => {
  const { program } = version
  if (from === undefined) return () => true
  if (program.kind === 'code') return ({ step }) => step >= Number(from)
  const { net } = program
  const begin = net.indexOf.get(from)
  const reached = new Set<number>(begin === undefined ? [] : [begin])
  for (const index of reached) {
    for (const edge of net.outgoing[index] ?? []) {
      const to = net.edges[edge]?.to
      if (to !== undefined) reached.add(to)
    }
  }
  return ({ node }) => reached.has(net.indexOf.get(node) ?? -1)
}

/** For code the step's name is the task's. */
const taskOf = ({ program }: LoadedVersion, node: string): string | undefined => {
  if (program.kind === 'code') return node
  const known = program.net.indexOf.has(node) ? nodeById(program, node) : undefined
  return known?.type === 'process' ? known.task : undefined
}
