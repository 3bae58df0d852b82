import type { SchemaNode } from './schema-text.ts'

/** Values that make an example runnable as far as an example can be. */
const EXAMPLES: { readonly [operation: string]: unknown } = {
  'instances.start': { workflow: 'publish-page', payload: { kind: 'path', ref: '/content/home' } },
  'workItems.complete': { route: 'approve', comment: 'Looks good.' },
  'workItems.delegate': { to: 'user:bo' },
  'workItems.comment': { text: 'Please add a source.' },
  'models.create': { text: 'id: hello\nnodes:\n  - { id: greet, type: participant, assign: initiator }\n' },
  'messages.publish': { name: 'payment-received', key: 'order-42', body: { amount: 10 } },
  'session.signIn': { user: 'admin', password: '…' },
}

/** A call that can be pasted into a shell, with `$MILLRACE_TOKEN` for the secret. */
export const curlExample = (operation: {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly isPublic: boolean
  readonly needsEtag: boolean
  readonly body: SchemaNode | undefined
  readonly streams: boolean
}): string => {
  const lines = [
    `curl ${operation.streams ? '-N ' : ''}${operation.method === 'GET' ? '' : `-X ${operation.method} `}"$MILLRACE${operation.path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}"`,
  ]
  if (!operation.isPublic) lines.push(`-H "Authorization: Bearer $MILLRACE_TOKEN"`)
  if (operation.needsEtag) lines.push(`-H 'If-Match: "ETAG"'`)
  if (operation.body !== undefined) {
    const body = EXAMPLES[operation.operationId] ?? exampleOf(operation.body)
    lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`)
  }
  return lines.join(' \\\n  ')
}

/** The required members only, with values that show their type. */
const exampleOf = (schema: SchemaNode): unknown => {
  if (schema.enum !== undefined) return schema.enum[0]
  if ('const' in schema) return schema.const
  const first = (schema.anyOf ?? schema.oneOf)?.[0]
  if (first !== undefined) return exampleOf(first)
  if (schema.properties !== undefined) {
    const required = new Set(schema.required)
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([name]) => required.has(name))
        .map(([name, member]) => [name, exampleOf(member)]),
    )
  }
  if (schema.type === 'array') return []
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return true
  return schema.type === 'string' ? '…' : {}
}
