import type { JsonValue } from '@millrace/model'
import type { Reader, WorkflowSummary } from '@millrace/protocol'

/** What lists need of a version's content, be it a parsed model or the description of a code workflow. */
export interface Content {
  readonly payload: WorkflowSummary['payload']
  readonly description?: string
  readonly tags: readonly string[]
  /** Absent = every member. */
  readonly starters?: readonly string[]
  readonly inputSchema?: { readonly [name: string]: JsonValue }
}

const PAYLOADS: readonly string[] = ['path', 'uuid', 'url', 'json', 'none']

export const contentOf = (content: JsonValue): Content => {
  const { payload, description, tags, starters, inputSchema } = isObject(content) ? content : {}
  return {
    // Code takes an input, which is JSON.
    payload: typeof payload === 'string' && PAYLOADS.includes(payload) ? (payload as Content['payload']) : 'json',
    ...(typeof description === 'string' ? { description } : {}),
    tags: textsOf(tags) ?? [],
    ...(textsOf(starters) === undefined ? {} : { starters: textsOf(starters) ?? [] }),
    ...(isObject(inputSchema) ? { inputSchema } : {}),
  }
}

/** Operators may start everything; others what names them, one of their groups, or nobody. */
export const mayStart = (reader: Reader, { starters }: Pick<Content, 'starters'>): boolean =>
  reader.seesAll ||
  starters === undefined ||
  starters.includes(`user:${reader.user}`) ||
  reader.groups.some((group) => starters.includes(`group:${group}`))

const isObject = (value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textsOf = (value: JsonValue | undefined): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined
