import { createStore, del, get, set, type UseStore } from 'idb-keyval'
import type { Draft } from './draft.ts'

/** Drafts in this browser: written at once, with every letter. Where the browser refuses (private windows), for as long as the tab lives. */
let store: UseStore | undefined
const inTab = new Map<string, Draft<unknown>>()

const open = (): UseStore => (store ??= createStore('millrace', 'drafts'))

/** What one tab keeps or clears, told to the other tabs of this browser; `draft` is absent when it was cleared. */
interface Told {
  readonly key: string
  readonly draft?: Draft<unknown>
}

/** A channel does not hear itself, so one per tab both speaks and listens. */
let channel: BroadcastChannel | undefined
const openChannel = (): BroadcastChannel => (channel ??= new BroadcastChannel('millrace drafts'))

/** Hears what other tabs do with the draft of a place. @returns stops listening. */
export const listenToDraft = <V>(key: string, hear: (draft: Draft<V> | undefined) => void): (() => void) => {
  const spoken = openChannel()
  const onMessage = ({ data }: MessageEvent<Told>) => {
    if (data.key === key) hear(data.draft as Draft<V> | undefined)
  }
  spoken.addEventListener('message', onMessage)
  return () => spoken.removeEventListener('message', onMessage)
}

export const readDeviceDraft = async <V>(key: string): Promise<Draft<V> | undefined> => {
  try {
    return (await get<Draft<V>>(key, open())) ?? (inTab.get(key) as Draft<V> | undefined)
  } catch {
    return inTab.get(key) as Draft<V> | undefined
  }
}

/** @returns false if it is kept in this tab only. */
export const writeDeviceDraft = async (key: string, draft: Draft<unknown>): Promise<boolean> => {
  inTab.set(key, draft)
  openChannel().postMessage({ key, draft } satisfies Told)
  try {
    await set(key, draft, open())
    return true
  } catch {
    return false
  }
}

export const deleteDeviceDraft = async (key: string): Promise<void> => {
  inTab.delete(key)
  openChannel().postMessage({ key } satisfies Told)
  try {
    await del(key, open())
  } catch {
    // There was none to delete.
  }
}
