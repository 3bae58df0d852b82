import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type CodeBundle, type ErrorCode, MillraceError } from '@millrace/protocol'
import { ANSWER } from './answer.ts'
import type { BundledFile } from './bundle-workflow.ts'

/** What the process says of one file; bytes as base64. */
export type BundleOutcome =
  | { readonly bundle: Omit<CodeBundle, 'bundle'> & { readonly bundle: string }; readonly files: readonly string[] }
  | { readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: MillraceError['details'] } }

/** Longest time the bundling of a project may take: it is a second for a hundred workflows. */
const BUNDLE_MS = 120_000
/** Largest answer: bundles are kept whole. */
const MAX_ANSWER = 512 * 1_048_576

/**
 * As `bundleWorkflow` for each file, in a process of its own: the bundler takes 100 MB that a server would never give back.
 *
 * @returns per file its bundle, or the error that says why there is none
 * @example const [refund] = await bundleInProcess(['workflows/refund.workflow.ts'])
 */
export const bundleInProcess = async (files: readonly string[]): Promise<readonly (BundledFile | MillraceError)[]> =>
  files.length === 0 ? [] : (await run(files)).map(read)

const run = (files: readonly string[]): Promise<readonly BundleOutcome[]> =>
  new Promise((resolve, reject) => {
    const entry = fileURLToPath(new URL(`./bundle-process${import.meta.url.slice(-3)}`, import.meta.url))
    const args = ['--disable-warning=ExperimentalWarning', entry, ...files]
    execFile(process.execPath, args, { timeout: BUNDLE_MS, maxBuffer: MAX_ANSWER }, (error, stdout, stderr) => {
      const answer = stdout.split('\n').findLast((line) => line.startsWith(ANSWER))
      if (answer !== undefined) return resolve(JSON.parse(answer.slice(ANSWER.length)) as readonly BundleOutcome[])
      reject(new Error(`The workflows could not be bundled: ${stderr.trim() || (error?.message ?? 'the bundler said nothing')}`))
    })
  })

const read = (outcome: BundleOutcome): BundledFile | MillraceError => {
  if ('error' in outcome) return new MillraceError(outcome.error.code, outcome.error.message, { details: outcome.error.details })
  const { bundle, files } = outcome
  return { bundle: { ...bundle, bundle: new Uint8Array(Buffer.from(bundle.bundle, 'base64')) }, files }
}
