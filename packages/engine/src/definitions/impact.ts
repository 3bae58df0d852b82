import type { Model, Node } from '@millrace/model'
import { type Group, type Impact, MillraceError, type User } from '@millrace/protocol'
import { changesBetween } from './changes.ts'
import { type CheckPorts, checkText, principalsIn, taskOf } from './check-text.ts'

/** What a Sync of the draft would do: computed as Sync does it, without making a version. */
export const impactOf = async (ports: CheckPorts, workspace: string, id: string): Promise<Impact> => {
  const { definitions, people } = ports.store
  const draft = await definitions.draft(workspace, id)
  if (draft === undefined) throw new MillraceError('NOT_FOUND', `There is no draft of model ${id}: there is nothing to sync.`)
  const checked = await checkText(ports, { workspace, text: draft.text, file: id })
  const live = await definitions.version(workspace, id)
  const isNew = live === undefined || checked.hash !== live.hash
  const known = checked.model ?? checked.draft
  const [users, groups] = await Promise.all([people.users(), people.groups()])
  return {
    workflow: id,
    etag: draft.etag,
    ok: checked.model !== undefined && checked.model.id === id && checked.soundness?.verdict !== 'unsound',
    ...(live === undefined ? {} : { live: live.version }),
    version: isNew ? await definitions.nextVersion(workspace, id) : live.version,
    isNew,
    changes: known === undefined || live === undefined || !isNew ? [] : changesBetween(live.content as unknown as Model, known),
    problems: checked.problems,
    ...(checked.soundness === undefined ? {} : { soundness: checked.soundness }),
    staying: (await definitions.versions(workspace, id)).filter(({ open }) => open > 0).map(({ version, open }) => ({ version, open })),
    people: byName(known, principalsIn).flatMap(({ name, nodes }) => {
      const trouble = troubleOf(name, users, groups)
      return trouble === undefined ? [] : [{ principal: name, trouble, nodes }]
    }),
    tasks: byName(known, (node) => [taskOf(node) ?? []].flat())
      .filter(({ name }) => !ports.tasks.has(name))
      .map(({ name, nodes }) => ({ task: name, nodes })),
  }
}

/** What nodes name, and which nodes name it, in the order of the model. */
const byName = (
  model: Model | undefined,
  namesOf: (node: Node) => readonly string[],
): readonly { readonly name: string; readonly nodes: Impact['tasks'][number]['nodes'] }[] => {
  const found = new Map<string, Impact['tasks'][number]['nodes']>()
  for (const node of model?.nodes ?? []) {
    for (const name of new Set(namesOf(node))) found.set(name, [...(found.get(name) ?? []), { node: node.id, title: node.title }])
  }
  return [...found].map(([name, nodes]) => ({ name, nodes }))
}

const troubleOf = (
  principal: string,
  users: readonly User[],
  groups: readonly Group[],
): Impact['people'][number]['trouble'] | undefined => {
  const isActive = (name: string) => users.find((user) => user.name === name)?.isActive
  if (principal.startsWith('user:')) {
    const active = isActive(principal.slice(5))
    return active === undefined ? 'unknown' : active ? undefined : 'inactive'
  }
  const group = groups.find(({ name }) => name === principal.slice(6))
  if (group === undefined) return 'unknown'
  if (group.members.length === 0) return 'empty'
  return group.members.some((member) => isActive(member) === true) ? undefined : 'inactive'
}
