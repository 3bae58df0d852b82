import type { Route } from '@millrace/protocol'
import { z } from 'zod'

const nothing = z.void()

/** What Fastify checks a request against, and what the API document says of the route. */
export const schemaOf = (route: Route, { operationId, isAlias }: { readonly operationId: string; readonly isAlias: boolean }) => ({
  operationId,
  tags: [route.noun],
  summary: route.summary,
  ...(route.description === undefined ? {} : { description: route.description }),
  ...(isAlias ? { hide: true } : {}),
  ...(route.access === 'public' ? { security: [] } : {}),
  ...(route.params === undefined ? {} : { params: route.params }),
  ...(route.query === undefined ? {} : { querystring: route.query }),
  ...(route.body === undefined ? {} : { body: route.body }),
  response: Object.fromEntries(Object.entries(route.answers).map(([status, schema]) => [status, schema ?? nothing])),
})
