import type { Client } from '@millrace/client'
import { CliError } from '../cli-error.ts'

/**
 * The step that a command without `--step` is about: the one with an incident, or the one that waits for its next try.
 *
 * @returns undefined when the instance stands as a whole, or has no such step.
 * @throws CliError AMBIGUOUS when there are several.
 */
export async function failedStep(client: Client, id: string): Promise<number | undefined> {
  const { steps } = await client.instances.get(id)
  const failed = steps.filter((step) => step.incident !== undefined)
  const meant = failed.length > 0 ? failed : steps.filter((step) => step.retryAtMs !== undefined)
  if (meant.length <= 1) return meant[0]?.step
  const list = meant.map((step) => `${step.step} (${step.title})`).join(', ')
  throw new CliError('AMBIGUOUS', `Several steps have failed: ${list}. Name one with --step.`, { steps: meant.map((step) => step.step) })
}
