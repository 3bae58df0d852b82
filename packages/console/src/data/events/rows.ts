/** Answers as the cache holds them: one resource, a page, or the pages of an infinite list. */

interface Row {
  readonly id: string
  readonly seq?: number
}

interface PageLike {
  readonly items: readonly unknown[]
  readonly asOf?: number
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } => typeof value === 'object' && value !== null

const isPage = (value: unknown): value is PageLike => isObject(value) && Array.isArray(value.items)

const isRow = (value: unknown): value is Row => isObject(value) && typeof value.id === 'string'

const pagesOf = (data: unknown): readonly PageLike[] => {
  if (isPage(data)) return [data]
  if (isObject(data) && Array.isArray(data.pages)) return data.pages.filter(isPage)
  return []
}

/** Ids of the rows an answer holds, and the position it is true for: of several pages the oldest. */
export const rowsOf = (data: unknown): { readonly ids: ReadonlySet<string>; readonly asOf: number | undefined } => {
  const pages = pagesOf(data)
  const ids = new Set<string>()
  let asOf = isObject(data) && typeof data.asOf === 'number' ? data.asOf : undefined
  for (const page of pages) {
    for (const row of page.items) if (isRow(row)) ids.add(row.id)
    if (page.asOf !== undefined && (asOf === undefined || page.asOf < asOf)) asOf = page.asOf
  }
  return { ids, asOf }
}

/** The same answer with `row` in the place of an older row of its id; the very same object where there is none. */
export const patchRow = <D>(data: D, row: Row): D => {
  const patchPage = (page: PageLike): PageLike => {
    const at = page.items.findIndex((each) => isRow(each) && each.id === row.id && (each.seq ?? 0) < (row.seq ?? 0))
    return at < 0 ? page : { ...page, items: page.items.with(at, row) }
  }
  if (isPage(data)) return patchPage(data) as D & PageLike
  if (!isObject(data) || !Array.isArray(data.pages)) return data
  const before: readonly unknown[] = data.pages
  const pages = before.map((page) => (isPage(page) ? patchPage(page) : page))
  return pages.every((page, at) => page === before[at]) ? data : { ...data, pages }
}
