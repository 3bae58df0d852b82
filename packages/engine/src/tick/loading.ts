/** Brings into memory what decisions need: states for the tick in the making, programs for as long as there is room. */
import type { State } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'
import type { Programs } from '../programs.ts'
import type { MissingThing } from './missing.ts'
import type { StateCache } from './state-cache.ts'
import type { Unit } from './unit.ts'

export class Loading {
  readonly #store: Store
  readonly #programs: Programs
  readonly #states: StateCache
  /** Looked for by the last load, and not there. */
  readonly #absent = new Set<string>()

  constructor(ports: { readonly store: Store; readonly programs: Programs; readonly states: StateCache }) {
    this.#store = ports.store
    this.#programs = ports.programs
    this.#states = ports.states
  }

  /** State as committed, from memory or the store. */
  async state(instance: string): Promise<State | undefined> {
    return this.#states.get(instance) ?? (await this.#store.instances.load([instance])).get(instance)
  }

  /** The store was asked, and there is no such instance. */
  isAbsent(instance: string): boolean {
    return this.#absent.has(instance)
  }

  /** Reads the states of a tick's units in one go, before the first is decided. */
  async preload(units: readonly Unit[], into: Map<string, State>): Promise<void> {
    const ids: string[] = []
    for (const unit of units) {
      if (unit.input !== undefined && unit.input.kind !== 'start' && this.#states.get(unit.instance) === undefined) ids.push(unit.instance)
    }
    if (ids.length > 0) await this.#loadStates(ids, into)
  }

  /** States go into `into`, where they outlive the cache's limit until the tick is committed; one that is there already is newer. */
  async load(missing: readonly MissingThing[], into: Map<string, State>): Promise<void> {
    const ids = missing.flatMap((thing) => ('state' in thing ? [thing.state] : []))
    if (ids.length > 0) await this.#loadStates(ids, into)
    for (const thing of missing) {
      if ('program' in thing) await this.#programs.load(thing.program.workspace, thing.program.workflow, thing.program.version)
    }
  }

  async #loadStates(ids: readonly string[], into: Map<string, State>): Promise<void> {
    this.#absent.clear()
    const loaded = await this.#store.instances.load([...new Set(ids)])
    for (const id of ids) {
      const state = loaded.get(id)
      if (state === undefined) this.#absent.add(id)
      else if (!into.has(id)) into.set(id, state)
    }
    const versions = new Map<string, State>()
    for (const state of loaded.values()) versions.set(`${state.workspace}/${state.workflow}@${state.version}`, state)
    for (const { workspace, workflow, version } of versions.values()) await this.#programs.load(workspace, workflow, version)
  }
}
