import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useCell } from '../../data/cell.ts'
import { useData } from '../../data/use-data.ts'
import { DEFAULT_PREFERENCES, type Preferences, readPreferences } from './preferences.ts'

const KEY = ['me', 'preferences']

/** The person's preferences, and how to change some of them: shown at once, stored after. */
export const usePreferences = (): {
  readonly preferences: Preferences
  /** What the server keeps is known; before that the defaults stand. */
  readonly isLoaded: boolean
  readonly change: (part: Partial<Preferences>) => Promise<void>
} => {
  const { client, session } = useData()
  const queries = useQueryClient()
  const isSignedIn = 'me' in useCell(session)
  const { data } = useQuery({ queryKey: KEY, queryFn: async () => readPreferences(await client.me.preferences()), enabled: isSignedIn })
  const change = useCallback(
    async (part: Partial<Preferences>) => {
      const before = queries.getQueryData<Preferences>(KEY) ?? DEFAULT_PREFERENCES
      const after = { ...before, ...part }
      queries.setQueryData(KEY, after)
      // JSON leaves out what is undefined: absent is what the browser says.
      await client.me.savePreferences(JSON.parse(JSON.stringify(after)) as Record<string, never>)
    },
    [client, queries],
  )
  return { preferences: data ?? DEFAULT_PREFERENCES, isLoaded: data !== undefined, change }
}
