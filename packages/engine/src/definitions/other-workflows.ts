import type { Model } from '@millrace/model'
import type { Store } from '@millrace/protocol'

/** What a model's containers start, and what those start, by id; undefined for code and for what is not there. */
export interface OtherWorkflows {
  readonly known: ReadonlyMap<string, Pick<Model, 'nodes'> | undefined>
  /** Ids of no workflow that has a version. */
  readonly absent: ReadonlySet<string>
}

/** Follows the containers of a model through what is synced: one that comes back to the model would start instances without end. */
export const otherWorkflows = async (store: Store, workspace: string, model: Pick<Model, 'nodes'>): Promise<OtherWorkflows> => {
  const known = new Map<string, Pick<Model, 'nodes'> | undefined>()
  const absent = new Set<string>()
  const toFollow = startedBy(model)
  for (const { workflow, version } of toFollow) {
    if (known.has(workflow)) continue
    const row = await store.definitions.version(workspace, workflow, version === 'latest' ? undefined : version)
    if (row === undefined) absent.add(workflow)
    const other = row?.kind === 'graph' ? (row.content as unknown as Model) : undefined
    known.set(workflow, other)
    if (other !== undefined) toFollow.push(...startedBy(other))
  }
  return { known, absent }
}

const startedBy = ({ nodes }: Pick<Model, 'nodes'>) => nodes.filter((node) => node.type === 'container')
