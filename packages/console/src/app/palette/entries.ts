import type { SearchHit, WorkflowSummary } from '@millrace/protocol'

/** One line of the palette. */
export interface Entry {
  readonly id: string
  readonly group: 'actions' | 'places' | 'start' | 'found'
  readonly title: string
  readonly detail?: string | undefined
  readonly keys?: string | undefined
  readonly run: () => void
}

/** How well a text answers what was typed: 0 not at all; a beginning beats a word's beginning beats a middle. */
export const rank = (text: string, typed: string): number => {
  if (typed === '') return 1
  const at = text.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase())
  if (at < 0) return 0
  if (at === 0) return 3
  return /[\s\p{P}]/u.test(text[at - 1] ?? '') ? 2 : 1
}

/** What answers, the best first, groups in their order; within one rank the given order stands. */
export const pick = (entries: readonly Entry[], typed: string, most: number): readonly Entry[] =>
  entries
    .map((entry) => ({
      entry,
      rank: entry.group === 'found' ? 1 : Math.max(rank(entry.title, typed), rank(entry.detail ?? '', typed) > 0 ? 1 : 0),
    }))
    .filter((each) => each.rank > 0)
    .toSorted((a, b) => GROUPS.indexOf(a.entry.group) - GROUPS.indexOf(b.entry.group) || b.rank - a.rank)
    .slice(0, most)
    .map(({ entry }) => entry)

export const GROUPS: readonly Entry['group'][] = ['actions', 'found', 'places', 'start']

/** Address of a find. A person has a page only for those who administer people; others are shown what the person started. */
export const addressOf = (hit: Pick<SearchHit, 'noun' | 'id'>, { administers }: { readonly administers: boolean }): string => {
  const id = encodeURIComponent(hit.id)
  switch (hit.noun) {
    case 'instance':
      return `/instances/${id}`
    case 'work-item':
      return `/work-items/${id}`
    case 'model':
      return `/models/${id}`
    case 'workflow':
      return `/workflows/${id}`
    case 'user':
      return administers ? `/users?user=${id}` : `/instances?tab=all&initiator=${id}`
    case 'group':
      return `/groups?group=${id}`
    case 'incident':
      return `/incidents?group=${id}`
    case 'lock':
      return `/locks?name=${id}`
  }
}

export const startable = (workflows: readonly WorkflowSummary[]): readonly WorkflowSummary[] => workflows.filter(({ canStart }) => canStart)
