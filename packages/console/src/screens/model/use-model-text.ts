/**
 * The text of a draft while somebody edits it: on this device with every key, on the server after a pause, never over somebody else's change.
 *
 * Invariants: 1. What was typed is on the device before it is anywhere else. 2. A save names the ETag it is based on; a stale one opens the conflict and
 * nothing is saved until the person has chosen.
 */
import { MillraceError } from '@millrace/client'
import type { Draft } from '@millrace/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDraft } from '../../app/drafts/use-draft.ts'
import { useData } from '../../data/use-data.ts'

const PAUSE_MS = 800

export interface ModelText {
  readonly text: string
  readonly setText: (text: string) => void
  readonly state: 'saved' | 'saving' | 'device'
  readonly savedAtMs: number
  /** Somebody else saved meanwhile; nothing is saved until it is resolved. */
  readonly conflict: Draft | undefined
  readonly resolve: (choice: 'mine' | 'theirs') => void
  /** Saves what is not saved yet, before a Sync. */
  readonly flush: () => Promise<void>
}

export const useModelText = (draft: Draft): ModelText => {
  const { client } = useData()
  const queries = useQueryClient()
  const device = useDraft<string>({ noun: 'model', id: draft.id, schema: '' })
  const [text, setOwn] = useState(draft.text)
  const [state, setState] = useState<ModelText['state']>('saved')
  const [savedAtMs, setSavedAtMs] = useState(draft.updatedAtMs)
  const [conflict, setConflict] = useState<Draft>()
  const etag = useRef(draft.etag)
  const latest = useRef(draft.text)
  const stored = useRef(draft.text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current)
    const saving = latest.current
    if (saving === stored.current) return setState('saved')
    setState('saving')
    try {
      const saved = await client.models.save(draft.id, { text: saving, format: draft.format }, { ifMatch: etag.current })
      etag.current = saved.etag
      stored.current = saving
      setSavedAtMs(saved.updatedAtMs)
      setState(latest.current === saving ? 'saved' : 'saving')
      if (latest.current === saving) await device.clear()
      await queries.invalidateQueries({ queryKey: ['workflow'] })
    } catch (error) {
      setState('device')
      if (error instanceof MillraceError && error.code === 'STALE_ETAG') setConflict((await client.models.get(draft.id)).draft)
    }
  }, [client, draft.id, draft.format, device, queries])

  const setText = useCallback(
    (next: string): void => {
      if (next === latest.current) return
      latest.current = next
      setOwn(next)
      setState('saving')
      device.keep(next)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), PAUSE_MS)
    },
    [device, save],
  )

  // What this person typed here before and never got to the server comes back.
  const { found } = device
  useEffect(() => {
    if (found !== undefined && found !== null && found.savedAtMs > draft.updatedAtMs && found.value !== stored.current) setText(found.value)
  }, [found, draft.updatedAtMs, setText])

  // The draft as the server has it now, where nothing is typed over it.
  useEffect(() => {
    if (draft.etag === etag.current || latest.current !== stored.current) return
    etag.current = draft.etag
    stored.current = draft.text
    latest.current = draft.text
    setOwn(draft.text)
    setSavedAtMs(draft.updatedAtMs)
  }, [draft])

  const resolve = (choice: 'mine' | 'theirs'): void => {
    if (conflict === undefined) return
    etag.current = conflict.etag
    stored.current = conflict.text
    setConflict(undefined)
    if (choice === 'mine') return void save()
    latest.current = conflict.text
    setOwn(conflict.text)
    setState('saved')
    void device.clear()
  }

  return { text, setText, state, savedAtMs, conflict, resolve, flush: save }
}
