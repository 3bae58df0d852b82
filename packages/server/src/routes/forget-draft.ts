import type { Store } from '@millrace/protocol'

export const draftKey = (item: string): string => `draft:${item}`

/** What a person typed into an item that is decided now. Looked for first: a write costs more than all the rest, and most have typed nothing. */
export const forgetDraft = async (store: Store, user: string, item: string): Promise<void> => {
  if ((await store.people.note(user, draftKey(item))) !== undefined) await store.people.deleteNote(user, draftKey(item))
}
