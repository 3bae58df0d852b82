import type { WorkflowSummary } from '@millrace/protocol'
import type { TFunction } from 'i18next'
import type { FilterField } from '../../parts/filter-bar/FilterBar.tsx'
import { FILTERS, type FilterName, TROUBLES } from './instances-search.ts'

const STATUSES = ['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING', 'COMPLETED', 'FAILED', 'ABORTED'] as const

const KINDS: { readonly [F in FilterName]?: FilterField['kind'] } = {
  workflow: 'choice',
  kind: 'choice',
  status: 'choice',
  createdFrom: 'date',
  createdTo: 'date',
  endedFrom: 'date',
  endedTo: 'date',
  trouble: 'choice',
  before: 'date',
}

/** Everything the list can be narrowed by: each field of an instance, and any value of its data. */
export const instanceFields = (t: TFunction, workflows: readonly WorkflowSummary[]): readonly FilterField[] => {
  const options: { readonly [F in FilterName]?: FilterField['options'] } = {
    workflow: workflows.map(({ id, title }) => ({ value: id, label: title })),
    kind: [
      { value: 'graph', label: t('workflows.kind.graph') },
      { value: 'code', label: t('workflows.kind.code') },
    ],
    trouble: TROUBLES.map((trouble) => ({ value: trouble, label: t(`instances.trouble.${trouble}`) })),
    status: STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
  }
  const fields = FILTERS.map((name): FilterField => {
    const known = options[name]
    return { name, label: t(`instances.field.${name}`), kind: KINDS[name] ?? 'text', ...(known === undefined ? {} : { options: known }) }
  })
  return [...fields, { name: 'data', label: t('instances.field.data'), hint: t('instances.field.dataHint'), kind: 'pair' }]
}
