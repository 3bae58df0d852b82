/** Numbers for words that every row would repeat: workspaces, flows (workspace, workflow, kind), and names of people and groups. */
import type { State } from '@millrace/kernel'
import { kindCode } from './codes.ts'
import type { Connection } from './connection.ts'

export interface Flow {
  readonly id: number
  readonly workspace: string
  readonly workspaceId: number
  readonly workflow: string
  readonly kind: State['kind']
}

export interface Lookups {
  /** Number of a workspace; a new one is added. */
  readonly workspace: (name: string) => number
  readonly findWorkspace: (name: string) => number | undefined
  readonly workspaceName: (id: number) => string
  readonly flow: (state: Pick<State, 'workspace' | 'workflow' | 'kind'>) => Flow
  readonly flowById: (id: number) => Flow
  readonly name: (text: string) => number
  readonly findName: (text: string) => number | undefined
  readonly nameText: (id: number) => string
  /** The transaction failed: numbers given in it do not exist. */
  readonly forgetNew: () => void
  /** The transaction stands. */
  readonly keepNew: () => void
}

/** Instance ids of a workspace begin at its number times this. */
export const WORKSPACE_STEP = 2 ** 40
/** More would leave the integers that JavaScript can count. */
const MAX_WORKSPACES = 2 ** 13
/** Names kept in memory; beyond it they are read again as they come. */
const MAX_NAMES = 50_000

interface TwoWay {
  readonly ids: Map<string, number>
  readonly texts: Map<number, string>
  added: [text: string, id: number][]
}

const twoWay = (): TwoWay => ({ ids: new Map(), texts: new Map(), added: [] })

export const createLookups = ({ sql }: Connection): Lookups => {
  const workspaces = twoWay()
  const names = twoWay()
  const flows = new Map<string, Flow>()
  const flowsById = new Map<number, Flow>()
  let addedFlows: [key: string, id: number][] = []

  const remember = (way: TwoWay, text: string, id: number) => {
    if (way.ids.size >= MAX_NAMES) {
      way.ids.clear()
      way.texts.clear()
    }
    way.ids.set(text, id)
    way.texts.set(id, text)
    return id
  }
  const find = (way: TwoWay, text: string, query: string) => {
    const known = way.ids.get(text)
    if (known !== undefined) return known
    const row = sql(query).get(text)
    return row === undefined ? undefined : remember(way, text, Number(row['id']))
  }
  const add = (way: TwoWay, text: string, insert: string) => {
    const id = Number(sql(insert).run(text).lastInsertRowid)
    way.added.push([text, id])
    return remember(way, text, id)
  }
  const read = (way: TwoWay, id: number, query: string) => {
    const known = way.texts.get(id)
    if (known !== undefined) return known
    const row = sql(query).get(id)
    if (row === undefined) throw new Error(`Number ${id} stands for nothing.`)
    const text = String(row[Object.keys(row)[0] as string])
    remember(way, text, id)
    return text
  }

  const findWorkspace = (name: string) => find(workspaces, name, 'select id from workspace where name = ?')
  const workspace = (name: string) => {
    const known = findWorkspace(name)
    if (known !== undefined) return known
    const id = add(workspaces, name, 'insert into workspace (name) values (?)')
    if (id >= MAX_WORKSPACES) throw new Error(`A store holds at most ${MAX_WORKSPACES} workspaces.`)
    return id
  }
  const workspaceName = (id: number) => read(workspaces, id, 'select name from workspace where id = ?')
  let last: Flow | undefined
  const keep = (key: string, flow: Flow): Flow => {
    flows.set(key, flow)
    flowsById.set(flow.id, flow)
    return flow
  }

  return {
    workspace,
    findWorkspace,
    workspaceName,
    flow: (state) => {
      // Instances of one flow come in droves; comparing with the last one spares building a key.
      if (last?.workflow === state.workflow && last.workspace === state.workspace && last.kind === state.kind) return last
      const key = `${state.kind}\0${state.workspace}\0${state.workflow}`
      const known = flows.get(key)
      if (known !== undefined) return (last = known)
      const workspaceId = workspace(state.workspace)
      const kind = kindCode.write(state.kind)
      const row = sql('select id from flow where workspace = ? and workflow = ? and kind = ?').get(workspaceId, state.workflow, kind)
      const given = { workspace: state.workspace, workspaceId, workflow: state.workflow, kind: state.kind }
      if (row !== undefined) return keep(key, { id: Number(row['id']), ...given })
      const added = sql('insert into flow (workspace, workflow, kind) values (?, ?, ?)').run(workspaceId, state.workflow, kind)
      const id = Number(added.lastInsertRowid)
      addedFlows.push([key, id])
      return keep(key, { id, ...given })
    },
    flowById: (id) => {
      const known = flowsById.get(id)
      if (known !== undefined) return known
      const row = sql('select workspace, workflow, kind from flow where id = ?').get(id)
      if (row === undefined) throw new Error(`Flow ${id} does not exist.`)
      const workspaceId = Number(row['workspace'])
      const flow = {
        id,
        workspaceId,
        workspace: workspaceName(workspaceId),
        workflow: String(row['workflow']),
        kind: kindCode.read(row['kind']),
      }
      return keep(`${flow.kind}\0${flow.workspace}\0${flow.workflow}`, flow)
    },
    name: (text) => find(names, text, 'select id from name where text = ?') ?? add(names, text, 'insert into name (text) values (?)'),
    findName: (text) => find(names, text, 'select id from name where text = ?'),
    nameText: (id) => read(names, id, 'select text from name where id = ?'),
    forgetNew: () => {
      for (const way of [workspaces, names]) {
        for (const [text, id] of way.added) {
          way.ids.delete(text)
          way.texts.delete(id)
        }
        way.added = []
      }
      for (const [key, id] of addedFlows) {
        flows.delete(key)
        flowsById.delete(id)
      }
      addedFlows = []
      last = undefined
    },
    keepNew: () => {
      workspaces.added = []
      names.added = []
      addedFlows = []
    },
  }
}

/** Instance numbers of a workspace lie between these, both excluded; of all workspaces when none is named. */
export const workspaceRange = (lookups: Lookups, workspace: string | undefined): { readonly from: number; readonly to: number } => {
  if (workspace === undefined) return { from: 0, to: Number.MAX_SAFE_INTEGER }
  const id = lookups.findWorkspace(workspace)
  return id === undefined ? { from: 0, to: 0 } : { from: id * WORKSPACE_STEP, to: (id + 1) * WORKSPACE_STEP }
}
