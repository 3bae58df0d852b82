import { createStore, del, get, set, type UseStore } from 'idb-keyval'
import type { Draft } from './draft.ts'

/** Drafts in this browser: written at once, with every letter. Where the browser refuses (private windows), for as long as the tab lives. */
let store: UseStore | undefined
const inTab = new Map<string, Draft<unknown>>()

const open = (): UseStore => (store ??= createStore('millrace', 'drafts'))

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
  try {
    await set(key, draft, open())
    return true
  } catch {
    return false
  }
}

export const deleteDeviceDraft = async (key: string): Promise<void> => {
  inTab.delete(key)
  try {
    await del(key, open())
  } catch {
    // There was none to delete.
  }
}
