import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const callbackHandlers = ({ host }: ServerContext): HandlersOf<'callbacks'> => ({
  answer: ({ body, options, params }) => host.callback(params.token, body, options),
})
