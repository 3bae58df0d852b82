import type { Me } from '@millrace/protocol'
import { createContext, use } from 'react'
import { useCell } from './cell.ts'
import type { ConsoleData } from './console-data.ts'

export const DataContext = createContext<ConsoleData | undefined>(undefined)

/** Client, session and connection of this tab. */
export const useData = (): ConsoleData => {
  const data = use(DataContext)
  if (data === undefined) throw new Error('useData outside of DataContext')
  return data
}

/** The person signed in; pages are only shown to somebody. */
export const useMe = (): Me => {
  const session = useCell(useData().session)
  if (!('me' in session)) throw new Error('useMe without a person')
  return session.me
}
