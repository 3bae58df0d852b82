/** Which rows a batch has: fixed when it is made, so that it does what was seen and no more. */
import type { State } from '@millrace/kernel'
import { type BatchRow, type CreateBatch, type InstanceFilter, MAX_BATCH_ROWS, MillraceError, type Store } from '@millrace/protocol'

const PAGE = 500

interface Chosen {
  readonly instance: string
  readonly step?: number
  readonly title: string
}

/** In the order they are done, oldest first. @throws MillraceError NOT_FOUND for nothing at all, BAD_REQUEST for more than a batch may have. */
export const chooseRows = async (store: Store, workspace: string, request: CreateBatch): Promise<readonly Chosen[]> => {
  const rows =
    request.group === undefined ? await ofInstances(store, workspace, request) : await ofGroup(store, workspace, request.group, request)
  if (rows.length === 0)
    throw new MillraceError('NOT_FOUND', 'No instance fits: there is nothing to do. Look again; it may be repaired already.')
  if (rows.length > MAX_BATCH_ROWS) {
    throw new MillraceError(
      'BAD_REQUEST',
      `A batch has at most ${MAX_BATCH_ROWS} rows, and this one would have more. Choose fewer, by workflow or time.`,
    )
  }
  return rows
}

/** Rows by stage: `[1, 10]` and the rest. */
export const rowsInStages = (chosen: readonly Chosen[], stages: readonly number[]): readonly BatchRow[] => {
  const sizes = stageSizes(chosen.length, stages)
  let stage = 1
  let left = sizes[0] ?? 0
  return chosen.map((row, index) => {
    if (left === 0) left = sizes[stage++] ?? 0
    left--
    return { n: index + 1, stage, ...row, state: 'waiting' }
  })
}

/** Rows of each stage; the last one takes what is left. */
export const stageSizes = (total: number, stages: readonly number[]): readonly number[] => {
  const sizes: number[] = []
  let left = total
  for (const stage of stages) {
    if (left === 0) break
    sizes.push(Math.min(stage, left))
    left -= Math.min(stage, left)
  }
  return left === 0 ? sizes : [...sizes, left]
}

/** Steps for what is done to a step; for the rest every instance once. */
const isAboutSteps = ({ action }: CreateBatch): boolean => action === 'retry' || action === 'skip'

const ofGroup = async (store: Store, workspace: string, group: string, request: CreateBatch): Promise<readonly Chosen[]> => {
  const rows = new Map<string, Chosen>()
  for (let cursor: string | undefined; rows.size <= MAX_BATCH_ROWS; ) {
    const page = await store.queries.incidents(workspace, { group, limit: PAGE, cursor })
    for (const { instance, step, title } of page.items) {
      const row = { instance, title, ...(step === undefined || !isAboutSteps(request) ? {} : { step }) }
      rows.set(`${instance}.${isAboutSteps(request) ? (step ?? 0) : ''}`, row)
    }
    cursor = page.next
    if (cursor === undefined) break
  }
  return [...rows.values()].reverse()
}

const ofInstances = async (store: Store, workspace: string, request: CreateBatch): Promise<readonly Chosen[]> => {
  const ids = request.instances ?? (await idsOf(store, workspace, request))
  const rows: Chosen[] = []
  for (let at = 0; at < ids.length && rows.length <= MAX_BATCH_ROWS; at += PAGE) {
    const page = ids.slice(at, at + PAGE)
    const states = await store.instances.load(page)
    for (const id of page) {
      const state = states.get(id)
      // One of another workspace does not exist here: it is refused like any unknown id.
      const known = state?.workspace === workspace ? state : undefined
      rows.push(...(isAboutSteps(request) ? stepsOf(id, known) : [{ instance: id, title: known?.title ?? id }]))
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return rows
}

/** One row per incident; an instance without one keeps a row, which will say that there is nothing to do. */
const stepsOf = (instance: string, state: State | undefined): readonly Chosen[] => {
  const title = state?.title ?? instance
  const failed = Object.values(state?.steps ?? {}).filter((step) => step.incident !== undefined)
  return failed.length === 0 ? [{ instance, title }] : failed.map(({ n }) => ({ instance, title, step: n }))
}

const idsOf = async (store: Store, workspace: string, request: CreateBatch): Promise<readonly string[]> => {
  const ids: string[] = []
  const filter = filterOf(workspace, request)
  for (let cursor: string | undefined; ids.length <= MAX_BATCH_ROWS; ) {
    const page = await store.queries.instances(filter, { limit: PAGE, cursor })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
    if (cursor === undefined) break
  }
  return ids
}

const filterOf = (workspace: string, request: CreateBatch): InstanceFilter => {
  const { incident, createdFrom, createdTo, ...same } = request.filter ?? {}
  const hasIncident = isAboutSteps(request) ? true : incident
  const given = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined))
  return {
    ...given,
    workspace,
    // Only operators make batches.
    reader: { user: '', groups: [], seesAll: true },
    sort: 'created',
    ...(hasIncident === undefined ? {} : { hasIncident }),
    ...(createdFrom === undefined ? {} : { createdFromMs: Date.parse(createdFrom) }),
    ...(createdTo === undefined ? {} : { createdToMs: Date.parse(createdTo) }),
  }
}
