import type { Client } from '@millrace/client'
import type { CommandAnswer, PreviewInstance } from '@millrace/protocol'
import type { Action } from './actions.ts'

/** What a person has chosen and typed for an action; JSON as they typed it. */
export interface ActionForm {
  readonly reason: string
  readonly step?: number | undefined
  readonly route: string
  /** Node a restart begins at; empty: the start. */
  readonly from: string
  readonly data: string
  readonly output: string
  readonly name: string
  readonly key: string
  readonly body: string
  readonly force: boolean
}

export type JsonField = 'data' | 'output' | 'body'

/** Which actions take which JSON, and whether it must be an object. */
export const JSON_FIELDS: { readonly [A in Action]?: { readonly field: JsonField; readonly isObject: boolean } } = {
  retry: { field: 'data', isObject: true },
  restart: { field: 'data', isObject: true },
  data: { field: 'data', isObject: true },
  skip: { field: 'output', isObject: false },
  message: { field: 'body', isObject: false },
}

export type Body = { readonly body: PreviewInstance } | { readonly missing: 'json' | 'object' | 'step' | 'name' }

/** What to ask the server: the same for the preview and for the deed. */
export const bodyOf = (action: Action, form: ActionForm): Body => {
  const json = readJson(action, form)
  if ('missing' in json) return json
  const { value } = json
  const reason = form.reason.trim() === '' ? {} : { reason: form.reason.trim() }
  switch (action) {
    case 'suspend':
    case 'cancel':
    case 'terminate':
      return { body: { action, ...reason } }
    case 'resume':
      return { body: { action, queue: true, ...(form.force ? { force: true } : {}) } }
    case 'restart':
      return {
        body: {
          action,
          queue: true,
          ...(form.force ? { force: true } : {}),
          ...(form.from === '' ? {} : { from: form.from }),
          ...(value === undefined ? {} : { data: value as Extract<PreviewInstance, { action: 'data' }>['data'] }),
        },
      }
    case 'retry':
      return {
        body: {
          action,
          ...(form.step === undefined ? {} : { step: form.step }),
          ...(value === undefined ? {} : { data: value as Extract<PreviewInstance, { action: 'data' }>['data'] }),
        },
      }
    case 'skip':
      if (form.step === undefined) return { missing: 'step' }
      return {
        body: {
          action,
          step: form.step,
          ...(form.route === '' ? {} : { route: form.route }),
          ...(value === undefined ? {} : { output: value }),
        },
      }
    case 'data':
      if (value === undefined) return { missing: 'object' }
      return { body: { action, data: value as Extract<PreviewInstance, { action: 'data' }>['data'] } }
    case 'message':
      if (form.name.trim() === '') return { missing: 'name' }
      return {
        body: { action, name: form.name.trim(), body: value ?? null, ...(form.key.trim() === '' ? {} : { key: form.key.trim() }) },
      }
  }
}

type JsonValue = Extract<PreviewInstance, { action: 'message' }>['body']

const readJson = (
  action: Action,
  form: ActionForm,
): { readonly value: JsonValue | undefined } | { readonly missing: 'json' | 'object' } => {
  const asks = JSON_FIELDS[action]
  const text = asks === undefined ? '' : form[asks.field].trim()
  if (asks === undefined || text === '') return { value: undefined }
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch {
    return { missing: 'json' }
  }
  return asks.isObject && (typeof value !== 'object' || value === null || Array.isArray(value)) ? { missing: 'object' } : { value }
}

/** Does it, if the instance still has the facts the preview was made for. */
export const perform = (client: Client, id: string, body: PreviewInstance, ifFacts: number): Promise<CommandAnswer> => {
  const { instances } = client
  switch (body.action) {
    case 'suspend':
    case 'cancel':
    case 'terminate': {
      const { action, ...given } = body
      return instances[action](id, { ...given, ifFacts })
    }
    case 'resume':
    case 'restart': {
      const { action, ...given } = body
      return instances[action](id, { ...given, ifFacts })
    }
    case 'retry': {
      const { action: _, ...given } = body
      return instances.retry(id, { ...given, ifFacts })
    }
    case 'skip': {
      const { action: _, ...given } = body
      return instances.skip(id, { ...given, ifFacts })
    }
    case 'data':
      return instances.changeData(id, body.data, { ifFacts })
    case 'message': {
      const { action: _, ...given } = body
      return instances.message(id, { ...given, ifFacts })
    }
    default:
      throw new Error(`${body.action} is an action on a work item, not on an instance`)
  }
}
