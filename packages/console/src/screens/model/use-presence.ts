import type { DraftReader } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { draftPresence } from '../../data/queries/presence.ts'
import { useData, useMe } from '../../data/use-data.ts'

/** This tab among those of its person. */
const tab = crypto.randomUUID()

/** Who else has this draft open, longest first; tells them of us while the page is. */
export const usePresence = (model: string, edits: boolean): readonly DraftReader[] => {
  const { client } = useData()
  const me = useMe()
  const { data } = useQuery({ ...draftPresence(client, model, tab), enabled: edits })
  useEffect(() => {
    if (!edits) return undefined
    const leave = () => void client.models.leaveDraft(model, tab).catch(() => {})
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [client, model, edits])
  return data?.readers.filter(({ user }) => user !== me.user) ?? []
}
