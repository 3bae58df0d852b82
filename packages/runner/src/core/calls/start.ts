import type { Payload } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import type { StartOptions, WorkflowReference } from '@millrace/workflow'
import type { CallBody } from '../instance.ts'

export const startCall = (
  workflow: string | Pick<WorkflowReference<unknown, unknown>, 'id'> | undefined,
  input: unknown,
  options: StartOptions,
): CallBody => {
  const id = typeof workflow === 'string' ? workflow : workflow?.id
  if (typeof id !== 'string' || id === '') {
    throw new Error(
      "run.start needs a workflow: import one from a file called *.workflow.ts, or give the id of one, such as 'publish-page'",
    )
  }
  return {
    kind: 'start',
    name: options.name ?? id,
    start: {
      workflow: id,
      version: options.version ?? 'latest',
      payload: payloadOf(options.payload),
      data: options.data ?? {},
      ...(input === undefined ? {} : { input: input as JsonValue }),
      ...(options.title === undefined ? {} : { title: options.title }),
    },
  }
}

const payloadOf = (payload: StartOptions['payload']): Payload => {
  if (payload === undefined) return { kind: 'none' }
  if ('json' in payload) return { kind: 'json', json: payload.json }
  if ('path' in payload) return { kind: 'path', ref: payload.path }
  return 'uuid' in payload ? { kind: 'uuid', ref: payload.uuid } : { kind: 'url', ref: payload.url }
}
