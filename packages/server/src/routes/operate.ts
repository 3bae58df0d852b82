import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const operateHandlers = ({ host, workspace }: ServerContext): HandlersOf<'operate'> => ({
  lines: () => host.operate(workspace),
})
