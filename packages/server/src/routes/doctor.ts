import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const doctorHandlers = ({ host, workspace }: ServerContext): HandlersOf<'doctor'> => ({
  report: () => host.doctor({ workspace }),
  repair: () => host.doctor({ workspace, repair: true }),
})
