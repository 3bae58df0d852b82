/**
 * The text of a draft while somebody edits it: on this device with every key, on the server after a pause, never over somebody else's change.
 *
 * Invariants: 1. What was typed is on the device before it is anywhere else. 2. A save names the ETag it is based on. A stale one brings both together: what
 * only one of the two changed is taken and said, and what both changed opens the conflict; nothing is saved until the person has chosen.
 */
import { MillraceError } from '@millrace/client'
import type { Draft } from '@millrace/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useDraft } from '../../app/drafts/use-draft.ts'
import { useCell } from '../../data/cell.ts'
import { useData } from '../../data/use-data.ts'

const PAUSE_MS = 800

export interface ModelText {
  readonly text: string
  readonly setText: (text: string) => void
  readonly state: 'saved' | 'saving' | 'device'
  readonly savedAtMs: number
  /** Both changed the same thing; nothing is saved until it is resolved. */
  readonly conflict: DraftConflict | undefined
  /** Takes this text over theirs. */
  readonly resolve: (text: string) => void
  /** What somebody else changed and came into this text by itself, until the person has seen it. */
  readonly merged: MergedChanges | undefined
  readonly seeMerged: () => void
  /** Saves what is not saved yet, before a Sync. */
  readonly flush: () => Promise<void>
}

/** What is kept on the device: the text, and the one it began with. */
interface TypedText {
  readonly text: string
  readonly base: string
}

export interface DraftConflict {
  /** The text both began with. */
  readonly base: string
  readonly theirs: Draft
}

export interface MergedChanges {
  readonly user: string
  readonly atMs: number
  /** In sentences; none where only its layout changed. */
  readonly sentences: readonly string[]
}

export const useModelText = (draft: Draft): ModelText => {
  const { client, connection } = useData()
  const queries = useQueryClient()
  const device = useDraft<TypedText>({ noun: 'model', id: draft.id, schema: 'text' })
  const [text, setOwn] = useState(draft.text)
  const [state, setState] = useState<ModelText['state']>('saved')
  const [savedAtMs, setSavedAtMs] = useState(draft.updatedAtMs)
  const [conflict, setConflict] = useState<DraftConflict>()
  const [merged, setMerged] = useState<MergedChanges>()
  const etag = useRef(draft.etag)
  const latest = useRef(draft.text)
  const stored = useRef(draft.text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  /** From now on this text is based on theirs. At once, also in the editor: a key pressed in between would be typed into the text before. */
  const take = useCallback((theirs: Draft, next: string): void => {
    etag.current = theirs.etag
    stored.current = theirs.text
    latest.current = next
    flushSync(() => setOwn(next))
  }, [])

  /** What both changed since they stood at the same text. @returns whether it could be brought together without a choice. */
  const bringTogether = useCallback(
    async (theirs: Draft): Promise<boolean> => {
      const { changesBetween, mergeTexts } = await import('./merge/merge-drafts.ts')
      const base = stored.current
      const merge = mergeTexts({ base, ours: latest.current, theirs: theirs.text })
      if (merge === undefined || merge.conflicts.length > 0) {
        setConflict({ base, theirs })
        return false
      }
      take(theirs, merge.text)
      device.keep({ text: merge.text, base: theirs.text })
      setMerged({ user: theirs.updatedBy, atMs: theirs.updatedAtMs, sentences: changesBetween(base, theirs.text) })
      return true
    },
    [device, take],
  )

  /** @returns whether it has to be tried again, with what somebody else saved in it. */
  const saveOnce = useCallback(async (): Promise<boolean> => {
    const saving = latest.current
    if (saving === stored.current) {
      setState('saved')
      return false
    }
    setState('saving')
    try {
      const saved = await client.models.save(draft.id, { text: saving, format: draft.format }, { ifMatch: etag.current })
      etag.current = saved.etag
      stored.current = saving
      setSavedAtMs(saved.updatedAtMs)
      setState(latest.current === saving ? 'saved' : 'saving')
      if (latest.current === saving) await device.clear()
      await queries.invalidateQueries({ queryKey: ['workflow'] })
      return false
    } catch (error) {
      setState('device')
      if (!(error instanceof MillraceError) || error.code !== 'STALE_ETAG') return false
      const theirs = await client.models.get(draft.id).catch(() => undefined)
      return theirs?.draft !== undefined && bringTogether(theirs.draft)
    }
  }, [client, draft.id, draft.format, device, queries, bringTogether])

  /** One after the other: a second one that did not wait would take the first for somebody else's. */
  const saves = useRef(Promise.resolve())
  const save = useCallback((): Promise<void> => {
    clearTimeout(timer.current)
    saves.current = saves.current.then(async () => {
      while (await saveOnce());
    })
    return saves.current
  }, [saveOnce])

  const setText = useCallback(
    (next: string): void => {
      if (next === latest.current) return
      latest.current = next
      setOwn(next)
      setState('saving')
      device.keep({ text: next, base: stored.current })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), PAUSE_MS)
    },
    [device, save],
  )

  // What this person typed here before and never got to the server comes back; it began with a text that others may have changed since.
  const { found } = device
  const isBack = useRef(false)
  useEffect(() => {
    if (found === undefined || isBack.current) return
    isBack.current = true
    if (found === null || found.value.text === stored.current) return
    const { text: typed, base } = found.value
    if (base === stored.current) return setText(typed)
    stored.current = base
    latest.current = typed
    setOwn(typed)
    void bringTogether(draft).then((isMerged) => (isMerged ? save() : undefined))
  }, [found, draft, setText, bringTogether, save])

  // The draft as the server has it now, where nothing is typed over it.
  useEffect(() => {
    if (draft.etag === etag.current || latest.current !== stored.current) return
    etag.current = draft.etag
    stored.current = draft.text
    latest.current = draft.text
    setOwn(draft.text)
    setSavedAtMs(draft.updatedAtMs)
  }, [draft])

  // What could not be saved while the server was away is saved when it is back.
  const { isLive } = useCell(connection)
  useEffect(() => {
    if (isLive && conflict === undefined && latest.current !== stored.current) void save()
  }, [isLive, conflict, save])

  const resolve = (next: string): void => {
    if (conflict === undefined) return
    setConflict(undefined)
    take(conflict.theirs, next)
    void save().then(() => (next === conflict.theirs.text ? device.clear() : undefined))
  }

  return { text, setText, state, savedAtMs, conflict, resolve, merged, seeMerged: () => setMerged(undefined), flush: save }
}
