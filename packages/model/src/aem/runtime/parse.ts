import { hasErrors, type Problem } from '../../problem.ts'
import { readAem } from '../read/read.ts'
import type { AemRuntime } from './runtime.ts'

/**
 * Reads a model as a runtime model: a file of `/var/workflow/models`, the REST API's JSON, or a design page, which is synced on the
 * way as AEM does. Never throws; `runtime` is absent when there is a problem of severity error.
 */
export function parseAemRuntime(text: string): { readonly runtime?: AemRuntime; readonly problems: readonly Problem[] } {
  const reading = readAem(text)
  if ('problem' in reading) return { problems: [reading.problem] }
  return { ...(hasErrors(reading.problems) ? {} : { runtime: reading.runtime }), problems: reading.problems }
}
