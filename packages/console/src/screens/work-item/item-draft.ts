import type { Client } from '@millrace/client'
import type { WorkItem } from '@millrace/protocol'
import { fingerprint } from '../../app/drafts/draft.ts'
import type { ServerDrafts } from '../../app/drafts/use-draft.ts'
import type { JsonObject } from '../../parts/form/schema/json.ts'

/** What a person types into a work item before deciding it. */
export interface ItemInput {
  readonly answer: JsonObject
  readonly comment: string
  readonly route?: string | undefined
}

export const EMPTY_INPUT: ItemInput = { answer: {}, comment: '' }

/** The item's own form and those of its routes: a draft belongs to all of them together. */
export const schemaOf = (item: Pick<WorkItem, 'form' | 'routes'>): string =>
  fingerprint([item.form ?? null, item.routes.map(({ name, form }) => [name, form ?? null])])

/** Drafts of a work item on the server. */
export const serverDraftsOf = (client: Client, item: Pick<WorkItem, 'id' | 'version' | 'form' | 'routes'>): ServerDrafts<ItemInput> => ({
  read: async () => {
    const draft = await client.workItems.draft(item.id)
    if (draft === null) return undefined
    const value = { answer: (draft.answer ?? {}) as JsonObject, comment: draft.comment ?? '', route: draft.route }
    // The server does not keep the form's fingerprint: an item's form is pinned with its version.
    return { value, schema: schemaOf(item), savedAtMs: draft.updatedAtMs }
  },
  save: async ({ answer, comment, route }) => {
    await client.workItems.saveDraft(item.id, {
      answer: JSON.parse(JSON.stringify(answer)) as Record<string, never>,
      comment,
      version: item.version,
      ...(route === undefined ? {} : { route }),
    })
  },
  discard: async () => {
    await client.workItems.discardDraft(item.id)
  },
})

/** The one form that a decision fills: the route's own, else the item's (as in the kernel). */
export const formFor = (item: Pick<WorkItem, 'form' | 'routes'>, route: string | undefined): WorkItem['form'] =>
  item.routes.find(({ name }) => name === route)?.form ?? item.form

/** Answer fields that a decision sends: those of its form, for a strict form refuses any other. */
export const answerFor = (answer: JsonObject, form: WorkItem['form']): JsonObject | undefined => {
  if (form === undefined) return undefined
  const { properties } = form
  const names = new Set(typeof properties === 'object' && properties !== null ? Object.keys(properties) : Object.keys(answer))
  return Object.fromEntries(Object.entries(answer).filter(([name, value]) => names.has(name) && value !== undefined))
}

/** The item wants an answer: a route cannot be taken blindly. */
export const asksForAnswer = (form: WorkItem['form']): boolean =>
  form !== undefined && typeof form.properties === 'object' && form.properties !== null && Object.keys(form.properties).length > 0
