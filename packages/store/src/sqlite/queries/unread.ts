import type { Reader } from '@millrace/protocol'
import { exclusionOf } from '../tables/work-item.ts'
import type { QueryContext } from './context.ts'
import { countInbox } from './inbox-counts.ts'
import { ownersOf } from './instance-sources.ts'

/**
 * Open items of a person and their groups that they have not opened: all of them, less those seen. Marks exist for open items only, so what is looked
 * through is what the person has looked at. Reads seen by key, work_item by id, inbox by key, in this order: left to itself, SQLite walks the whole inbox
 * once per open item.
 */
export const countUnread = (context: QueryContext, workspace: string, reader: Reader): number => {
  const { mine, groups } = countInbox(context, workspace, reader)
  const { connection, lookups } = context
  const seen = connection
    .sql(
      `select count(*) as n from seen s cross join work_item w on w.id = s.item
        where s.user = :user and w.workspace = :workspace and w.status = 0
          and exists (select 1 from json_each(:owners) o
            cross join inbox i on i.workspace = w.workspace and i.owner = o.value and i.shared in (0, 1) and i.due = w.due and i.item = w.id)
          and not exists (select 1 from inbox x
            where x.workspace = w.workspace and x.owner = :excluded and x.shared = 1 and x.due = w.due and x.item = w.id)`,
    )
    .get({
      user: lookups.findName(reader.user) ?? -1,
      workspace: lookups.findWorkspace(workspace) ?? -1,
      owners: JSON.stringify(ownersOf(context, reader)),
      excluded: lookups.findName(exclusionOf(reader.user)) ?? -1,
    })?.['n']
  return mine + groups - Number(seen ?? 0)
}
