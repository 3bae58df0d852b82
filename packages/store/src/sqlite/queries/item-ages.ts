import { createAgeCounter } from '../../projections/item-ages.ts'
import type { QueryContext } from './context.ts'

/** Items read in one go: some milliseconds. */
const SLICE = 2_000

/** Reads work_item by work_item_due in slices, instance by key. */
export const countItemAges = async (
  { connection, lookups }: QueryContext,
  workspace: string,
  sinceMs: readonly number[],
  workflow?: string,
): Promise<readonly { readonly workflow: string; readonly counts: readonly number[] }[]> => {
  const counter = createAgeCounter(sinceMs)
  const number = lookups.findWorkspace(workspace) ?? -1
  for (let after: readonly [due: number, id: number] = [-1, -1]; ; ) {
    const rows = connection.sql(OPEN).all(number, ...after, SLICE)
    for (const row of rows) {
      const flow = lookups.flowById(Number(row['flow']))
      if (workflow === undefined || flow.workflow === workflow) counter.add(flow.workflow, Number(row['created']))
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < SLICE) return counter.rows()
    after = [Number(last['due']), Number(last['id'])]
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const OPEN = `
  select w.due, w.id, w.created, i.flow from work_item w indexed by work_item_due cross join instance i on i.id = w.instance
  where w.workspace = ?1 and w.status = 0 and w.due >= ?2 and (w.due > ?2 or w.id > ?3) order by w.due, w.id limit ?4`
