import type { Client } from '@millrace/client'
import { queryOptions } from '@tanstack/react-query'

export const presenceKey = (model: string) => ['presence', 'one', model] as const

/** As often as the server wants to hear of us; a hidden tab's timers may sleep for a minute, which it allows for. */
const TELL_MS = 20_000

/** Says that the draft is open in this tab, and reads who else has it open. Between two tellings the stream keeps the answer true. */
export const draftPresence = (client: Client, model: string, tab: string) =>
  queryOptions({
    queryKey: presenceKey(model),
    queryFn: ({ signal }) => client.models.enterDraft(model, tab, { signal }),
    refetchInterval: TELL_MS,
    refetchIntervalInBackground: true,
    staleTime: 0,
    gcTime: 0,
  })
