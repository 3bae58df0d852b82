import { textIn } from '../../app/search.ts'

/** Views of the inbox, in the order of their tabs; `all` is for operators. */
export const VIEWS = ['open', 'mine', 'groups', 'done', 'started', 'all'] as const
export type InboxView = (typeof VIEWS)[number]

export const isView = (value: string): value is InboxView => VIEWS.includes(value as InboxView)

export const SORTS = ['due', '-created', 'created', '-priority'] as const
export type InboxSort = (typeof SORTS)[number]

const TROUBLES = ['nobody', 'late'] as const
export type InboxTrouble = (typeof TROUBLES)[number]

/** Everything of a view of the inbox beside its tab, as its address says it. */
export interface InboxSearch {
  /** The work item that is open beside the list. */
  readonly item?: string
  readonly search?: string
  readonly workflow?: string
  /** Only items of this instance. */
  readonly instance?: string
  /** Only what nobody can answer, or what is late. */
  readonly trouble?: InboxTrouble
  /** Opened at or after, and before, these times (ISO 8601): the rows behind a bar of a chart. */
  readonly createdFrom?: string
  readonly createdTo?: string
  readonly sort?: InboxSort
  /** Rows under the headings of their workflows. */
  readonly by?: 'workflow'
}

/** What to change of it; `undefined` takes away. */
export type InboxChange = { readonly [K in keyof InboxSearch]?: InboxSearch[K] | undefined }

export const readInboxSearch = (search: { readonly [name: string]: unknown }): InboxSearch => {
  const { sort, by, trouble, createdFrom, createdTo, ...rest } = textIn(
    search,
    'item',
    'search',
    'workflow',
    'instance',
    'sort',
    'by',
    'trouble',
    'createdFrom',
    'createdTo',
  )
  const known = SORTS.find((each) => each === sort)
  const wrong = TROUBLES.find((each) => each === trouble)
  return {
    ...rest,
    ...(isTime(createdFrom) ? { createdFrom } : {}),
    ...(isTime(createdTo) ? { createdTo } : {}),
    ...(wrong === undefined ? {} : { trouble: wrong }),
    ...(known === undefined ? {} : { sort: known }),
    ...(by === 'workflow' ? { by } : {}),
  }
}

/** As the server reads it: with a zone. */
const isTime = (text: string | undefined): text is string =>
  text !== undefined && /T.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))

/** What the server is asked for: the view without what only concerns the screen. */
export const queryOf = (view: InboxView, { search, workflow, instance, trouble, createdFrom, createdTo, sort }: InboxSearch) => ({
  view,
  ...(search === undefined ? {} : { search }),
  ...(workflow === undefined ? {} : { workflow }),
  ...(instance === undefined ? {} : { instance }),
  ...(trouble === undefined ? {} : { trouble }),
  ...(createdFrom === undefined ? {} : { createdFrom }),
  ...(createdTo === undefined ? {} : { createdTo }),
  ...(sort === undefined ? {} : { sort }),
})
