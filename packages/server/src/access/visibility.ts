import { MillraceError, type PurgedInstance, type Reader, type Store, type WorkItemSummary } from '@millrace/protocol'

/** Single rows answer to the same rule as lists: what a person may not read does not exist for them (DESIGN 8.6). */
export const mayReadInstance = async (store: Store, reader: Reader, id: string): Promise<boolean> => {
  const involved = await store.queries.involved(id)
  if (involved === undefined || reader.seesAll) return involved !== undefined
  return involved.includes(`user:${reader.user}`) || involved.some((principal) => isGroupOf(reader, principal))
}

export const mayReadWorkItem = (
  reader: Reader,
  item: Pick<WorkItemSummary, 'assignee' | 'candidates' | 'initiator' | 'decidedBy'>,
): boolean =>
  reader.seesAll ||
  item.assignee === reader.user ||
  item.initiator === reader.user ||
  item.decidedBy === reader.user ||
  item.candidates.some((candidate) => candidate === `user:${reader.user}` || isGroupOf(reader, candidate))

const isGroupOf = (reader: Reader, principal: string): boolean =>
  principal.startsWith('group:') && reader.groups.includes(principal.slice(6))

export const noSuchInstance = (id: string): MillraceError =>
  new MillraceError('NOT_FOUND', `There is no instance ${id} that you may see. Find one by a part of its id: GET /api/v1/search?q=…`)

export const noSuchWorkItem = (id: string): MillraceError =>
  new MillraceError('NOT_FOUND', `There is no work item ${id} that you may see. An id is <instance>.<step>; GET /api/v1/inbox lists yours.`)

const INSTANCE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
const WORK_ITEM_ID = /^([0-9a-f-]{36})\.(\d{1,15})$/

/** @throws MillraceError NOT_FOUND, also when the person may not read it. */
export const requireReadableInstance = async (store: Store, reader: Reader, id: string): Promise<void> => {
  if (!INSTANCE_ID.test(id)) throw noSuchInstance(id)
  if (await mayReadInstance(store, reader, id)) return
  const purged = reader.seesAll ? await store.queries.purged(id) : undefined
  throw purged === undefined ? noSuchInstance(id) : isPurged(id, purged)
}

/** It is gone, but not as if it had never been. */
const isPurged = (id: string, { workspace: _, ...line }: PurgedInstance): MillraceError => {
  const on = new Date(line.endedAtMs).toISOString().slice(0, 10)
  return new MillraceError(
    'NOT_FOUND',
    `Instance ${id} (${line.title}) of ${line.workflow} ended ${line.status} on ${on} and was removed by its workflow's retention. Restore a backup from before to read it.`,
    { details: { purged: line } },
  )
}

/** Instance and step of a work item's id, if this person may read it. @throws MillraceError NOT_FOUND. */
export const readableWorkItem = async (
  store: Store,
  reader: Reader,
  id: string,
): Promise<{ readonly instance: string; readonly step: number; readonly item: WorkItemSummary }> => {
  const match = WORK_ITEM_ID.exec(id)
  const [instance, step] = [match?.[1] ?? '', Number(match?.[2])]
  const item = match === null ? undefined : await store.queries.workItem(instance, step)
  if (item === undefined || !mayReadWorkItem(reader, item)) throw noSuchWorkItem(id)
  return { instance, step, item }
}

/** Whoever was only asked by an instance may see it, but not end it. @throws MillraceError FORBIDDEN. */
export const requireInitiator = async (store: Store, user: string, id: string): Promise<void> => {
  const initiator = (await store.instances.load([id])).get(id)?.initiator
  if (initiator === user) return
  throw new MillraceError('FORBIDDEN', `Instance ${id} was started by ${initiator}: only they and operators may cancel it.`)
}
