import { suggest } from '@millrace/model'
import { MillraceError } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const taskHandlers = ({ host, store }: ServerContext): HandlersOf<'tasks'> => ({
  list: async () => ({ items: host.tasks(), asOf: await store.queries.position() }),
  get: ({ params }) => {
    const tasks = host.tasks()
    const task = tasks.find(({ name }) => name === params.name)
    if (task !== undefined) return task
    const hint = suggest(
      params.name,
      tasks.map(({ name }) => name),
    )
    throw new MillraceError('NOT_FOUND', `No plugin offers a task ${params.name}. ${hint ?? 'GET /api/v1/tasks lists them.'}`)
  },
})
