import { type Group, GroupName, MillraceError, type Store } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { paginate } from '../http/paginate.ts'

export const groupHandlers = ({ access, store }: ServerContext): HandlersOf<'groups'> => ({
  list: async ({ query }) =>
    paginate(await store.people.groups(), (group) => group.name, { ...query, asOf: await store.queries.position() }),
  get: ({ params }) => requireGroup(store, params.name),
  save: async ({ body, caller, params }) => {
    const name = GroupName.safeParse(params.name)
    if (!name.success) throw new MillraceError('BAD_REQUEST', name.error.issues[0]?.message ?? 'Not a group name.')
    const users = new Set((await store.people.users()).map((user) => user.name))
    const unknown = body.members.filter((member) => !users.has(member))
    if (unknown.length > 0) {
      throw new MillraceError('NOT_FOUND', `There is no user ${unknown.join(', ')}. Create users first: POST /api/v1/users.`, {
        details: { unknown },
      })
    }
    const before = (await store.people.groups()).find((group) => group.name === params.name)
    const group: Group = { name: params.name, title: body.title ?? before?.title ?? params.name, members: [...new Set(body.members)] }
    await store.people.saveGroup(group, caller.actor.user)
    access.forget()
    return group
  },
  delete: async ({ caller, params }) => {
    await requireGroup(store, params.name)
    await store.people.deleteGroup(params.name, caller.actor.user)
    access.forget()
  },
})

const requireGroup = async (store: Store, name: string): Promise<Group> => {
  const group = (await store.people.groups()).find((candidate) => candidate.name === name)
  if (group === undefined) throw new MillraceError('NOT_FOUND', `There is no group ${name}. GET /api/v1/groups lists them.`)
  return group
}
