import type { AdvanceAnswer, AdvanceRequest, Runner } from '@millrace/protocol'
import { Core, type CoreAnswer, type CoreRequest, type Supply } from './core/core.ts'
import { guardFloatingRejections } from './core/floating-rejections.ts'
import { journalSlices } from './core/journal-slices.ts'

/** Gives the bytes of a bundle by its content hash: `store.definitions.bundle`. */
export type LoadBundle = (workspace: string, hash: string) => Promise<Uint8Array | undefined>

export interface InlineRunnerOptions {
  readonly loadBundle: LoadBundle
  /** Estimated bytes of instances kept alive between deliveries; the others are replayed. Default 64 MB. */
  readonly liveBytes?: number
  /** Told of a promise that was rejected and that nobody awaited; default: a process warning. */
  readonly onWarning?: (message: string) => void
}

/**
 * Runs workflow code in this process, in realms of its own: for tests and for programs that embed Millrace and trust their workflows. Code
 * that never yields or eats the memory takes the program with it; the process runner does not have that.
 *
 * @example const runner = openInlineRunner({ loadBundle: (workspace, hash) => store.definitions.bundle(workspace, hash) })
 */
export const openInlineRunner = ({ loadBundle, liveBytes, onWarning }: InlineRunnerOptions): Runner => {
  const core = new Core({
    onWarning: onWarning ?? ((message) => process.emitWarning(message, 'MillraceWarning')),
    ...(liveBytes === undefined ? {} : { liveBytes }),
  })
  const guard = guardFloatingRejections()
  const bundles = new Map<string, Promise<void>>()

  const addBundle = (workspace: string, hash: string): Promise<void> => {
    const coming = bundles.get(hash)
    if (coming !== undefined) return coming
    const loading = loadBundle(workspace, hash)
      .then((bytes) => {
        if (bytes === undefined) throw new Error(`The store has no bundle ${hash} in workspace ${workspace}: sync the workflow again.`)
        core.addBundle(hash, new TextDecoder().decode(bytes))
      })
      .finally(() => bundles.delete(hash))
    bundles.set(hash, loading)
    return loading
  }

  return {
    async advance(request) {
      const wanted = coreRequest(request)
      let supply = request.delivery.kind === 'start' ? supplyOf(request, []) : undefined
      for (;;) {
        const answer = core.advance(wanted, supply)
        if (answer.kind === 'made') return advanceAnswer(answer)
        if (answer.supply) supply = supplyOf(request, journalSlices(await request.loadJournal()))
        if (answer.bundle) await addBundle(request.workspace, request.bundle)
      }
    },
    forget: (instance) => core.forget(instance),
    close: async () => guard.close(),
  }
}

const coreRequest = ({ instance, run, bundle, calls, atMs, delivery }: AdvanceRequest): CoreRequest => ({
  instance,
  run,
  bundle,
  calls,
  atMs,
  delivery: JSON.stringify(delivery),
})

const supplyOf = ({ workspace, initiator, run, asRun = run, input }: AdvanceRequest, journal: readonly string[]): Supply => ({
  workspace,
  initiator,
  asRun,
  input: JSON.stringify(input),
  journal,
})

const advanceAnswer = ({ calls, outcome }: Extract<CoreAnswer, { kind: 'made' }>): AdvanceAnswer =>
  JSON.parse(`{"kind":"calls","calls":[${calls.join(',')}]${outcome === undefined ? '' : `,"outcome":${outcome}`}}`) as AdvanceAnswer
