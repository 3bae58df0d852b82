interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string | undefined
}

/**
 * Walks all pages of a list.
 *
 * @example for await (const row of eachItem(client.instances.list, { status: 'running' })) console.log(row.id)
 */
export async function* eachItem<Q extends { readonly cursor?: string | undefined }, T>(
  list: (query: Q) => Promise<Page<T>>,
  query: Q,
): AsyncGenerator<T, void> {
  let cursor = query.cursor
  do {
    const page = await list(cursor === undefined ? query : { ...query, cursor })
    yield* page.items
    cursor = page.next
  } while (cursor !== undefined)
}
