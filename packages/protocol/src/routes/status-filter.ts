import { z } from 'zod'
import { InstanceStatus, STATUS_ALIASES } from '../instance.ts'

const known = (word: string): InstanceStatus | undefined => {
  const status = InstanceStatus.safeParse(word.toUpperCase())
  return status.success ? status.data : STATUS_ALIASES[word.toLowerCase()]
}

const explain = (word: string): string =>
  word.toUpperCase() === 'STALE'
    ? 'STALE is computed, never stored: GET /api/v1/doctor lists what is stale.'
    : `No status "${word}". Use ${InstanceStatus.options.join(', ')}, or ${Object.keys(STATUS_ALIASES).join(', ')}.`

/**
 * Statuses to keep in a list: repeated or separated by commas, in any case, in our words or those of AEM, Appsmith and Cloudify.
 *
 * @example StatusFilter.parse('running,cancelled') // ['RUNNING', 'ABORTED']
 */
export const StatusFilter = z.union([z.string(), z.array(z.string())]).transform((value, context): InstanceStatus[] => {
  const statuses = new Set<InstanceStatus>()
  for (const word of [value].flat().flatMap((part) => part.split(','))) {
    if (word.trim() === '') continue
    const status = known(word.trim())
    if (status === undefined) context.issues.push({ code: 'custom', message: explain(word.trim()), input: value })
    else statuses.add(status)
  }
  return [...statuses]
})
