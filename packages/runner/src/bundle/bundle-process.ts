/** Bundles the files named on its command line and prints a line of JSON. Started by bundle-in-process.ts. */
import { MillraceError } from '@millrace/protocol'
import { ANSWER } from './answer.ts'
import type { BundleOutcome } from './bundle-in-process.ts'
import { bundleFile } from './bundle-workflow.ts'

const outcomes: BundleOutcome[] = []
for (const file of process.argv.slice(2)) {
  try {
    const { bundle, files } = await bundleFile(file)
    outcomes.push({ bundle: { ...bundle, bundle: Buffer.from(bundle.bundle).toString('base64') }, files })
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    outcomes.push({ error: { code: error.code, message: error.message, details: error.details } })
  }
}
process.stdout.write(`\n${ANSWER}${JSON.stringify(outcomes)}\n`, () => process.exit(0))
