import { type CodeProgram, compileProgram, type Program } from '@millrace/kernel'
import type { JsonSchema, Model } from '@millrace/model'
import type { Store, VersionRow } from '@millrace/protocol'

/** A version ready to run. */
export interface LoadedVersion {
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly title: string
  readonly hash: string
  readonly program: Program
  readonly starters: readonly string[]
  /** Content hash of the code's bundle. */
  readonly bundle?: string
}

/** Versions kept compiled: they are immutable, so they are only dropped to save memory. */
export class Programs {
  readonly #store: Store
  readonly #byVersion = new Map<string, LoadedVersion>()
  readonly #latest = new Map<string, number>()
  /** Asked for last: a busy host asks for the same one again and again. */
  #last: LoadedVersion | undefined
  /** Asked for and not there; until a version is added. */
  readonly #absent = new Set<string>()
  /** Most versions kept; a compiled model of 500 nodes is about 1 MB. */
  static readonly #LIMIT = 500

  constructor(store: Store) {
    this.#store = store
  }

  /** A version that is in memory; undefined means `load` it first. */
  get(workspace: string, workflow: string, version: number): LoadedVersion | undefined {
    const last = this.#last
    if (last !== undefined && last.workflow === workflow && last.version === version && last.workspace === workspace) return last
    return (this.#last = this.#byVersion.get(`${workspace}/${workflow}@${version}`))
  }

  latest(workspace: string, workflow: string): LoadedVersion | undefined {
    const version = this.#latest.get(`${workspace}/${workflow}`)
    return version === undefined ? undefined : this.get(workspace, workflow, version)
  }

  /** @returns undefined when there is no such version. */
  async load(workspace: string, workflow: string, version?: number): Promise<LoadedVersion | undefined> {
    const known = version === undefined ? this.latest(workspace, workflow) : this.get(workspace, workflow, version)
    if (known !== undefined) return known
    const row = await this.#store.definitions.version(workspace, workflow, version)
    if (row === undefined) {
      if (this.#absent.size >= Programs.#LIMIT) this.#absent.clear()
      this.#absent.add(`${workspace}/${workflow}@${version ?? 'latest'}`)
      return undefined
    }
    const loaded = this.get(workspace, workflow, row.version) ?? loadedVersion(row)
    this.#keep(loaded, version === undefined)
    return loaded
  }

  /** It was looked for and is not there. */
  isKnownAbsent(workspace: string, workflow: string, version: number | 'latest'): boolean {
    return this.#absent.has(`${workspace}/${workflow}@${version}`)
  }

  /** A new version is live. */
  add(row: VersionRow): LoadedVersion {
    this.#absent.clear()
    const loaded = loadedVersion(row)
    this.#keep(loaded, true)
    return loaded
  }

  /** A workflow was deleted: what is left of its versions, for instances that use them, is read again. */
  forget(workspace: string, workflow: string): void {
    this.#latest.delete(`${workspace}/${workflow}`)
    this.#last = undefined
    for (const [key, loaded] of this.#byVersion) {
      if (loaded.workspace === workspace && loaded.workflow === workflow) this.#byVersion.delete(key)
    }
  }

  #keep(loaded: LoadedVersion, isLatest: boolean): void {
    if (this.#byVersion.size >= Programs.#LIMIT) {
      const oldest = this.#byVersion.keys().next().value
      if (oldest !== undefined) this.#byVersion.delete(oldest)
    }
    this.#byVersion.set(`${loaded.workspace}/${loaded.workflow}@${loaded.version}`, loaded)
    if (isLatest) this.#latest.set(`${loaded.workspace}/${loaded.workflow}`, loaded.version)
  }
}

const loadedVersion = (row: VersionRow): LoadedVersion => {
  const common = { workspace: row.workspace, workflow: row.workflow, version: row.version, title: row.title, hash: row.hash }
  if (row.kind === 'graph') {
    const model = row.content as unknown as Model
    return { ...common, program: compileProgram(model), starters: model.starters ?? [] }
  }
  const content = row.content as unknown as {
    readonly inputSchema?: JsonSchema
    readonly locks?: readonly string[]
    readonly starters?: readonly string[]
  }
  const program: CodeProgram = {
    kind: 'code',
    id: row.workflow,
    title: row.title,
    locks: content.locks ?? [],
    ...(content.inputSchema === undefined ? {} : { inputSchema: content.inputSchema }),
  }
  return { ...common, program, starters: content.starters ?? [], ...(row.bundle === undefined ? {} : { bundle: row.bundle }) }
}
