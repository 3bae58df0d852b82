import type { Person, Store } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const peopleHandlers = ({ store }: ServerContext): HandlersOf<'people'> => ({
  find: async ({ query }) => ({
    items: (await findPeople(store, query.search)).slice(0, query.limit),
    asOf: await store.queries.position(),
  }),
})

/** Active users and all groups whose name or title holds the text, those that begin with it first. */
export const findPeople = async (store: Store, text: string): Promise<readonly Person[]> => {
  const [users, groups] = await Promise.all([store.people.users(), store.people.groups()])
  const all: readonly Person[] = [
    ...users.filter((user) => user.isActive).map((user) => ({ principal: `user:${user.name}`, title: user.displayName })),
    ...groups.map((group) => ({ principal: `group:${group.name}`, title: group.title })),
  ]
  const wanted = text.toLowerCase()
  const rank = ({ principal, title }: Person): number => {
    const name = principal.slice(principal.indexOf(':') + 1).toLowerCase()
    if (name.startsWith(wanted) || title.toLowerCase().startsWith(wanted)) return 0
    return name.includes(wanted) || title.toLowerCase().includes(wanted) ? 1 : 2
  }
  return all.filter((person) => rank(person) < 2).toSorted((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1))
}
