import { textIn } from '../../app/search.ts'
import type { InstanceQuery } from '../../data/queries/instances.ts'

/** Tabs of the list, each a set of statuses; `incidents` are open instances with a failed step. */
export const TABS = ['open', 'incidents', 'queued', 'suspended', 'completed', 'failed', 'aborted', 'all'] as const
export type InstancesTab = (typeof TABS)[number]

/** Fields a filter can be on, beside the tab. */
export const FILTERS = [
  'workflow',
  'version',
  'kind',
  'title',
  'payload',
  'initiator',
  'node',
  'status',
  'lock',
  'parent',
  'incidentGroup',
  'createdFrom',
  'createdTo',
  'endedFrom',
  'endedTo',
  'trouble',
  'before',
] as const
export type FilterName = (typeof FILTERS)[number]

export const INSTANCE_SORTS = ['-created', 'created', '-updated'] as const

export interface InstancesSearch extends Readonly<Partial<Record<FilterName, string>>> {
  readonly tab?: InstancesTab
  readonly sort?: (typeof INSTANCE_SORTS)[number]
  /** Values of data by path: `{ "order.id": "A1" }`. */
  readonly data?: { readonly [path: string]: string }
}

export const readInstancesSearch = (search: { readonly [name: string]: unknown }): InstancesSearch => {
  const { tab, sort, ...filters } = textIn(search, 'tab', 'sort', ...FILTERS)
  const knownTab = TABS.find((each) => each === tab)
  const knownSort = INSTANCE_SORTS.find((each) => each === sort)
  const data = dataIn(search.data)
  return {
    ...filters,
    ...(knownTab === undefined ? {} : { tab: knownTab }),
    ...(knownSort === undefined ? {} : { sort: knownSort }),
    ...(data === undefined ? {} : { data }),
  }
}

const dataIn = (value: unknown): { readonly [path: string]: string } | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value).flatMap(([path, wanted]) =>
    typeof wanted === 'string'
      ? [[path, wanted] as const]
      : typeof wanted === 'number' || typeof wanted === 'boolean'
        ? [[path, String(wanted)] as const]
        : [],
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

type Status = 'SCHEDULED' | 'QUEUED' | 'RUNNING' | 'SUSPENDED' | 'CANCELLING' | 'COMPLETED' | 'FAILED' | 'ABORTED'

export const OPEN_STATUSES: readonly Status[] = ['RUNNING', 'QUEUED', 'SUSPENDED', 'SCHEDULED', 'CANCELLING']

const STATUSES: { readonly [T in InstancesTab]?: readonly Status[] } = {
  open: OPEN_STATUSES,
  incidents: OPEN_STATUSES,
  queued: ['QUEUED', 'SCHEDULED'],
  suspended: ['SUSPENDED'],
  completed: ['COMPLETED'],
  failed: ['FAILED'],
  aborted: ['ABORTED', 'CANCELLING'],
}

/** What the server is asked for. */
export const instanceQueryOf = ({
  tab = 'open',
  status,
  kind,
  version,
  data,
  sort,
  trouble,
  ...filters
}: InstancesSearch): InstanceQuery => {
  const statuses = status === undefined ? STATUSES[tab] : status.split(',')
  const number = version === undefined ? undefined : Number.parseInt(version, 10)
  return {
    ...filters,
    ...(statuses === undefined ? {} : { status: [...statuses] }),
    ...(tab === 'incidents' ? { incident: true } : {}),
    ...(isTrouble(trouble) ? { trouble } : {}),
    ...(kind === 'graph' || kind === 'code' ? { kind } : {}),
    ...(number === undefined || !(number >= 1) ? {} : { version: number }),
    // JSON that is meant as JSON stays it: `10` is a number, `"10"` a text (as in the API).
    ...(data === undefined ? {} : { data: Object.fromEntries(Object.entries(data).map(([path, value]) => [path, jsonOrText(value)])) }),
    ...(sort === undefined ? {} : { sort }),
  }
}

/** Kinds of trouble the list can be narrowed to, together with `before`: the rows behind a line of operate. */
export const TROUBLES = ['queued', 'suspended', 'overdue', 'missed'] as const

const isTrouble = (value: string | undefined): value is (typeof TROUBLES)[number] => TROUBLES.some((trouble) => trouble === value)

const jsonOrText = (value: string): string | number | boolean | null => {
  try {
    const parsed: unknown = JSON.parse(value)
    if (parsed === null || typeof parsed === 'string' || typeof parsed === 'number' || typeof parsed === 'boolean') return parsed
  } catch {
    // not JSON: the text it is
  }
  return value
}

/** Rows behind a tab, from the counts by status. */
export const countOfTab = (
  tab: InstancesTab,
  counts: { readonly byStatus: { readonly [status: string]: number }; readonly incidents: number },
): number => {
  if (tab === 'incidents') return counts.incidents
  const statuses = STATUSES[tab] ?? Object.keys(counts.byStatus)
  return statuses.reduce((sum, status) => sum + (counts.byStatus[status] ?? 0), 0)
}
