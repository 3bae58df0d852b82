/**
 * A draft of one input: at once on this device, after a pause on the server where the noun has a place for it (CONSOLE rule 7).
 *
 * Invariants: 1. Nothing typed is only in memory: it is written to the device with every change. 2. A draft is read before the first change is taken,
 * so that an old one is never overwritten by an empty form. 3. It is cleared only when the answer was accepted. 4. Tabs on one draft show one text: the
 * tab that is typed into tells the others, so none of them holds an older one that a later letter would bring back.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useData, useMe } from '../../data/use-data.ts'
import { deleteDeviceDraft, listenToDraft, readDeviceDraft, writeDeviceDraft } from './device-drafts.ts'
import { type Draft, newerOf, placeKey } from './draft.ts'

/** Where drafts of a noun are kept on the server. */
export interface ServerDrafts<V> {
  readonly read: () => Promise<Draft<V> | undefined>
  readonly save: (value: V) => Promise<void>
  readonly discard: () => Promise<void>
}

export interface DraftOptions<V> {
  readonly noun: string
  readonly id: string
  /** Fingerprint of the form. */
  readonly schema: string
  readonly server?: ServerDrafts<V> | undefined
  /** Another tab of this browser changed it; undefined: it was sent or thrown away there. */
  readonly onOtherTab?: ((value: V | undefined) => void) | undefined
}

export type DraftSaved = { readonly where: 'server' | 'device' | 'tab'; readonly atMs: number }

export interface DraftState<V> {
  /** Undefined while it is read; null if there is none. */
  readonly found: Draft<V> | null | undefined
  /** Where and when the last change was kept. */
  readonly saved: DraftSaved | undefined
  readonly keep: (value: V) => void
  readonly clear: () => Promise<void>
}

const SERVER_MS = 800

export const useDraft = <V>({ noun, id, schema, server, onOtherTab }: DraftOptions<V>): DraftState<V> => {
  const { user, workspace } = useMe()
  const { connection } = useData()
  const key = placeKey({ workspace, person: user, noun, id })
  const [found, setFound] = useState<Draft<V> | null>()
  const [saved, setSaved] = useState<DraftSaved>()
  const drafts = useRef(server)
  drafts.current = server
  const otherTab = useRef(onOtherTab)
  otherTab.current = onOtherTab
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const last = useRef<V>(undefined)
  /** Kept on the device, and not yet where it should be, too. */
  const isBehind = useRef(false)
  const own = useRef(schema)
  own.current = schema

  const saveOnServer = useCallback(async () => {
    timer.current = undefined
    const value = last.current
    if (value === undefined || drafts.current === undefined) return
    try {
      await drafts.current.save(value)
      if (last.current === value) isBehind.current = false
      setSaved({ where: 'server', atMs: Date.now() })
    } catch {
      // It stays on the device, and says so; the next change tries again, and the mended line.
    }
  }, [])

  useEffect(() => {
    let isGone = false
    const read = async () => {
      const onServer = drafts.current?.read()
      // Refused or not answered: what the device has counts, and nothing is told of the server.
      const asked = onServer?.then(
        (kept) => ({ kept }),
        () => ({ kept: undefined }),
      )
      const device = await readDeviceDraft<V>(key)
      if (isGone) return
      // At once, for a server that is slow or away must not leave the field empty.
      if (device !== undefined) setFound(device)
      const kept = (await asked)?.kept
      if (isGone) return
      const newer = newerOf(kept, device)
      setFound(newer ?? null)
      // It never got there: the server was away when it was typed.
      if (newer === undefined || newer !== device || asked === undefined || last.current !== undefined || device.schema !== own.current)
        return
      last.current = device.value
      isBehind.current = true
      void saveOnServer()
    }
    void read()
    return () => {
      isGone = true
    }
  }, [key, saveOnServer])

  // I4
  useEffect(
    () =>
      listenToDraft<V>(key, (draft) => {
        // Its own tab saves it on the server.
        clearTimeout(timer.current)
        timer.current = undefined
        last.current = draft?.value
        isBehind.current = false
        setSaved(draft === undefined ? undefined : { where: 'device', atMs: draft.savedAtMs })
        otherTab.current?.(draft?.value)
      }),
    [key],
  )

  // The server was away and is back.
  useEffect(
    () =>
      connection.subscribe(() => {
        if (isBehind.current && timer.current === undefined && connection.get().isLive) void saveOnServer()
      }),
    [connection, saveOnServer],
  )

  // Leaving the page does not wait for the pause.
  useEffect(
    () => () => {
      if (timer.current === undefined) return
      clearTimeout(timer.current)
      void saveOnServer()
    },
    [saveOnServer],
  )

  const keep = useCallback(
    (value: V) => {
      last.current = value
      isBehind.current = drafts.current !== undefined
      const draft: Draft<V> = { value, schema, savedAtMs: Date.now() }
      void writeDeviceDraft(key, draft).then((isKept) => setSaved({ where: isKept ? 'device' : 'tab', atMs: draft.savedAtMs }))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void saveOnServer(), SERVER_MS)
    },
    [key, schema, saveOnServer],
  )

  const clear = useCallback(async () => {
    clearTimeout(timer.current)
    timer.current = undefined
    last.current = undefined
    isBehind.current = false
    setSaved(undefined)
    await Promise.all([deleteDeviceDraft(key), drafts.current?.discard().catch(() => {})])
  }, [key])

  return { found, saved, keep, clear }
}
