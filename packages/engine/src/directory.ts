import type { People } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'

/** People and groups in memory, for decisions: small, asked on every opened work item. Read again when somebody changes them. */
export interface Directory extends People {
  groupsOf(user: string): readonly string[]
  reload(): Promise<void>
}

export const openDirectory = async (store: Store): Promise<Directory> => {
  let active = new Set<string>()
  let groups = new Map<string, readonly string[]>()
  const reload = async (): Promise<void> => {
    const [users, allGroups] = await Promise.all([store.people.users(), store.people.groups()])
    active = new Set(users.filter((user) => user.isActive).map((user) => user.name))
    groups = new Map(allGroups.map((group) => [group.name, group.members]))
  }
  await reload()
  return {
    reload,
    canAnswer: (who) =>
      who.startsWith('user:') ? active.has(who.slice(5)) : (groups.get(who.slice(6)) ?? []).some((member) => active.has(member)),
    isMember: (user, group) => groups.get(group)?.includes(user) === true,
    groupsOf: (user) => [...groups].filter(([, members]) => members.includes(user)).map(([name]) => name),
  }
}
