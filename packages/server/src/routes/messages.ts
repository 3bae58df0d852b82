import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { withoutUndefined } from '../without-undefined.ts'

export const messageHandlers = ({ host, workspace }: ServerContext): HandlersOf<'messages'> => ({
  publish: ({ body, caller, options }) => host.publish({ workspace, ...withoutUndefined(body) }, caller.actor, options),
})
