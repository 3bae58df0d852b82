/**
 * The replay core: everything of a runner but how it is reached. Synchronous and without I/O: what it lacks (a bundle, a journal) it asks
 * for and is called again.
 *
 * Owns: which bundles are loaded and which instances are alive, both least recently used first out. Neighbours: instance.ts (one
 * instance), load-workflow.ts (one bundle), inline-runner.ts and child/ (how requests come in).
 *
 * Invariants:
 * C1. An instance that is alive has seen exactly what its journal says; whenever that is in doubt it is dropped and replayed.
 * C2. An instance belongs to the realm of its bundle; a bundle that leaves takes its instances along.
 */
import type { Delivery, JournalEntry } from '@millrace/kernel'
import { failureOf } from './failure.ts'
import { LiveInstance } from './instance.ts'
import { type LoadedWorkflow, loadWorkflow } from './load-workflow.ts'

/** One delivery to one instance. */
export interface CoreRequest {
  readonly instance: string
  readonly run: number
  readonly bundle: string
  /** Calls made before; another number than ours means replay. */
  readonly calls: number
  readonly atMs: number
  /** JSON of the `Delivery`. */
  readonly delivery: string
}

/** What is needed besides when the instance is not alive. */
export interface Supply {
  readonly workspace: string
  readonly initiator: string
  /** Run the code sees and draws its chance from; absent = that of the request. */
  readonly asRun?: number
  /** JSON of what the function is called with. */
  readonly input: string
  /** JSON lists of the entries before this delivery, in order (journalSlices). */
  readonly journal: readonly string[]
}

export type CoreAnswer =
  /** JSON of each call, and of the outcome. */
  | { readonly kind: 'made'; readonly calls: readonly string[]; readonly outcome?: string }
  | { readonly kind: 'needs'; readonly bundle: boolean; readonly supply: boolean }

export interface CoreOptions {
  /** Estimated bytes of instances kept alive; default 64 MB. */
  readonly liveBytes?: number
  /** Bundles kept loaded, some 3 MB each; default 64. */
  readonly bundles?: number
  /** Told now and then during a long replay. */
  readonly onProgress?: () => void
  /** Told of what authors should know. */
  readonly onWarning?: (message: string) => void
}

const DEFAULT_LIVE_BYTES = 64 * 1024 * 1024
const DEFAULT_BUNDLES = 64

/** A bundle is evaluated for the first instance that needs it, which is then the one to blame when that never ends. */
type Loaded = { readonly text: string } | { readonly workflow: LoadedWorkflow } | { readonly error: string }

export class Core {
  readonly #bundles = new Map<string, Loaded>()
  readonly #alive = new Map<string, LiveInstance>()
  readonly #liveBytes: number
  readonly #maxBundles: number
  readonly #onProgress: () => void
  readonly #onWarning: (message: string) => void
  #bytes = 0

  constructor(options: CoreOptions = {}) {
    this.#liveBytes = options.liveBytes ?? DEFAULT_LIVE_BYTES
    this.#maxBundles = options.bundles ?? DEFAULT_BUNDLES
    this.#onProgress = options.onProgress ?? (() => undefined)
    this.#onWarning = options.onWarning ?? (() => undefined)
  }

  get alive(): number {
    return this.#alive.size
  }

  hasBundle(hash: string): boolean {
    return this.#bundles.has(hash)
  }

  /** Takes a bundle; one that cannot be loaded fails every instance that needs it. */
  addBundle(hash: string, text: string): void {
    if (this.#bundles.has(hash)) return
    this.#bundles.set(hash, { text })
    if (this.#bundles.size > this.#maxBundles) {
      const [oldest] = this.#bundles.keys()
      if (oldest !== undefined) this.#dropBundle(oldest)
    }
  }

  advance(request: CoreRequest, supply?: Supply): CoreAnswer {
    const loaded = this.#loaded(request.bundle)
    const alive = this.#aliveAt(request)
    if (loaded === undefined) return { kind: 'needs', bundle: true, supply: alive === undefined && supply === undefined }
    if ('error' in loaded) return { kind: 'made', calls: [], outcome: loaded.error }
    if (alive !== undefined) return this.#deliver(alive, request, '')
    if (supply === undefined) return { kind: 'needs', bundle: false, supply: true }
    this.#touchBundle(request.bundle, loaded)
    return this.#deliver(this.#revive(request, supply, loaded.workflow), request, supply.input)
  }

  forget(instance: string): void {
    const alive = this.#alive.get(instance)
    if (alive === undefined) return
    this.#alive.delete(instance)
    this.#bytes -= alive.cost
  }

  /** Drops the share of the live instances that was used least recently. */
  shrink(share: number): void {
    let left = Math.ceil(this.#alive.size * share)
    for (const id of this.#alive.keys()) {
      if (left-- <= 0) return
      this.forget(id)
    }
  }

  #loaded(hash: string): Exclude<Loaded, { readonly text: string }> | undefined {
    const known = this.#bundles.get(hash)
    if (known === undefined || !('text' in known)) return known
    const loaded = load(hash, known.text)
    this.#bundles.set(hash, loaded)
    return loaded
  }

  /** The live instance, where it is known to stand before this delivery (C1). */
  #aliveAt({ instance, run, calls, bundle, delivery }: CoreRequest): LiveInstance | undefined {
    const alive = this.#alive.get(instance)
    if (alive === undefined) return undefined
    const loaded = this.#bundles.get(bundle)
    const isSame = loaded !== undefined && 'workflow' in loaded && alive.workflow === loaded.workflow
    if (isSame && alive.run === run && alive.calls === calls && !delivery.startsWith('{"kind":"start"')) return alive
    this.forget(instance)
    return undefined
  }

  #revive(request: CoreRequest, supply: Supply, workflow: LoadedWorkflow): LiveInstance {
    const { workspace, initiator, asRun = request.run } = supply
    const instance = new LiveInstance({ id: request.instance, workspace, run: asRun, initiator }, workflow, this.#onWarning)
    instance.run = request.run
    instance.cost += 2 * supply.input.length
    const journal: JournalEntry[] = []
    for (const slice of supply.journal) {
      instance.cost += 2 * slice.length
      journal.push(...(workflow.realm.primitives.parse(slice) as readonly JournalEntry[]))
      this.#onProgress()
    }
    if (journal.length > 0) instance.replay(journal, supply.input, this.#onProgress)
    return instance
  }

  #deliver(instance: LiveInstance, request: CoreRequest, input: string): CoreAnswer {
    const wasAlive = this.#alive.delete(request.instance)
    if (wasAlive) this.#bytes -= instance.cost
    instance.deliver(instance.workflow.realm.primitives.parse(request.delivery) as Delivery, request.atMs, input)
    instance.cost += 2 * request.delivery.length
    const made = instance.take()
    if (!instance.isOver) this.#keep(request.instance, instance)
    return { kind: 'made', ...made }
  }

  #keep(id: string, instance: LiveInstance): void {
    this.#alive.set(id, instance)
    this.#bytes += instance.cost
    if (this.#bytes <= this.#liveBytes) return
    for (const oldest of this.#alive.keys()) {
      if (this.#bytes <= this.#liveBytes || oldest === id) return
      this.forget(oldest)
    }
  }

  #touchBundle(hash: string, loaded: Loaded): void {
    this.#bundles.delete(hash)
    this.#bundles.set(hash, loaded)
  }

  #dropBundle(hash: string): void {
    const loaded = this.#bundles.get(hash)
    this.#bundles.delete(hash)
    if (loaded === undefined || !('workflow' in loaded)) return
    for (const [id, instance] of this.#alive) if (instance.workflow === loaded.workflow) this.forget(id)
  }
}

const load = (hash: string, text: string): Exclude<Loaded, { readonly text: string }> => {
  try {
    return { workflow: loadWorkflow(hash, text) }
  } catch (error) {
    const failure = failureOf(error, { code: 'WORKFLOW_FAILED', stackOf: () => undefined })
    return {
      error: JSON.stringify({
        kind: 'threw',
        error: { ...failure, message: `The workflow's module could not be loaded: ${failure.message}` },
      }),
    }
  }
}
