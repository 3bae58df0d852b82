import { meOf } from '../access/access.ts'
import { addressOf } from '../access/address.ts'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

const PREFERENCES = 'preferences'

export const meHandlers = ({ access, store, workspace }: ServerContext): HandlersOf<'me'> => ({
  get: ({ caller }) => meOf(caller, workspace),
  changePassword: ({ body, caller, request }) => access.changePassword(caller, { ...body, address: addressOf(request) }),
  preferences: async ({ caller }) => {
    const note = await store.people.note(caller.user, PREFERENCES)
    return (note?.value ?? {}) as Record<string, never>
  },
  savePreferences: async ({ body, caller }) => {
    await store.people.saveNote(caller.user, PREFERENCES, body)
    return body
  },
})
