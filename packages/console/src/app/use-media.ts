import { useSyncExternalStore } from 'react'

const lists = new Map<string, MediaQueryList>()

const listOf = (query: string): MediaQueryList => {
  let list = lists.get(query)
  if (list === undefined) lists.set(query, (list = matchMedia(query)))
  return list
}

export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const list = listOf(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => listOf(query).matches,
  )

/** Wide enough for a list and what it opens beside each other. */
export const useIsWide = (): boolean => useMedia('(min-width: 1100px)')
