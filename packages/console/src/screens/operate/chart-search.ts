/** Addresses of the lists behind bars: the same times, the same rows. */
import type { InstancesSearch } from '../instance/instances-search.ts'
import type { InboxSearch } from '../work-item/inbox-search.ts'

/** What a day counts: starts, or ends by how they ended. Incidents that were since resolved are in no list. */
export type DayCount = 'started' | 'completed' | 'failed' | 'aborted'

const iso = (ms: number): string => new Date(ms).toISOString()

/** Work items of an age at `atMs`: an older one was opened earlier, so the age's end is the time it begins from. */
export const agesSearch = (
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs?: number | undefined },
  { atMs, workflow }: { readonly atMs: number; readonly workflow?: string },
): InboxSearch => ({
  ...(workflow === undefined ? {} : { workflow }),
  ...(toMs === undefined ? {} : { createdFrom: iso(atMs - toMs) }),
  ...(fromMs === 0 ? {} : { createdTo: iso(atMs - fromMs) }),
})

/** Instances that started or ended between two times. */
export const daySearch = (
  count: DayCount,
  { fromMs, toMs, workflow }: { readonly fromMs: number; readonly toMs: number; readonly workflow?: string | undefined },
): InstancesSearch => ({
  ...(workflow === undefined ? {} : { workflow }),
  ...(count === 'started'
    ? { tab: 'all', createdFrom: iso(fromMs), createdTo: iso(toMs) }
    : { tab: 'all', status: count.toUpperCase(), endedFrom: iso(fromMs), endedTo: iso(toMs) }),
})
