import type { QueryContext } from './context.ts'

/** Whether a principal can answer: an active user, or a group with one. Reads user, membership by key; `:who` is `user:ana` or `group:editors`. */
const canAnswer = (who: string): string => `(
  exists (select 1 from user u where 'user:' || u.name = ${who} and u.name = substr(${who}, 6) and u.is_active = 1)
  or exists (select 1 from membership m join user u on u.name = m.user
    where m.user_group = substr(${who}, 7) and 'group:' || m.user_group = ${who} and u.is_active = 1))`

/** Of a work item `w`: none of those who are asked can answer. */
export const NOBODY_CAN_ANSWER = `not exists (select 1
  from json_each(case when w.assignee is null then w.candidates else json_array('user:' || (select text from name where id = w.assignee)) end) c
  where ${canAnswer('c.value')})`

/** Owners of open items that cannot answer by themselves: as many as there are people and groups, not as many as items. Reads inbox_tally by key. */
export const unanswerableOwners = ({ connection, lookups }: QueryContext, workspace: string): readonly number[] =>
  connection
    .sql(
      `select distinct t.owner from inbox_tally t join name n on n.id = t.owner
        where t.workspace = ? and t.items > 0 and n.text not like 'excluded:%' and not ${canAnswer('n.text')}`,
    )
    .all(lookups.findWorkspace(workspace) ?? -1)
    .map(({ owner }) => Number(owner))
