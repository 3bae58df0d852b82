import type { Model } from '../../model.ts'
import type { Problem } from '../../problem.ts'
import { printAemRuntime } from './print.ts'
import { writeRuntime } from './to-runtime.ts'

/**
 * A model as a file for AEM, with a warning for everything AEM has no words for. An imported model that was not changed goes back
 * as it came, without any.
 */
export function exportAem(model: Model): { readonly xml: string; readonly problems: readonly Problem[] } {
  const { runtime, problems } = writeRuntime(model)
  return { xml: printAemRuntime(runtime), problems }
}
