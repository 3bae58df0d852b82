import type { Host } from '@millrace/protocol'
import type { Project } from './project.ts'

/** Makes the people a project names, where they do not exist yet. They cannot sign in until an administrator gives them a password. */
export const seedPeople = async (host: Host, { config }: Project, nowMs: number): Promise<void> => {
  const { people } = host.store
  for (const [name, user] of Object.entries(config.people.users)) {
    if ((await people.user(name)) !== undefined) continue
    await people.saveUser(
      {
        name,
        displayName: user.displayName ?? name,
        roles: user.roles,
        groups: [],
        isActive: true,
        createdAtMs: nowMs,
        ...(user.email === undefined ? {} : { email: user.email }),
      },
      'project',
    )
  }
  const known = new Set((await people.groups()).map((group) => group.name))
  for (const [name, group] of Object.entries(config.people.groups)) {
    if (!known.has(name)) await people.saveGroup({ name, title: group.title ?? name, members: group.members }, 'project')
  }
}
