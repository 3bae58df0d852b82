/** The OpenAPI 3.1 document of the API, made from the route table. */
import fastifySwagger from '@fastify/swagger'
import {
  Backup,
  CheckAnswer,
  CommandAnswer,
  Draft,
  FeedEvent,
  Group,
  HistoryEntry,
  Incident,
  Instance,
  InstanceSummary,
  Json,
  Lock,
  Me,
  Model,
  Payload,
  Problem,
  SearchHit,
  StartInstance,
  SyncAnswer,
  TaskInfo,
  Token,
  User,
  Version,
  VersionSummary,
  Why,
  WorkflowSummary,
  WorkItem,
  WorkItemSummary,
} from '@millrace/protocol'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'

const ABOUT = `Durable workflows in which people and code hand work to each other.

**Signing in.** Programs send \`Authorization: Bearer mr_…\` (make one with \`POST /api/v1/tokens\` or \`millrace login\`). Browsers use a session cookie
and send \`X-CSRF-Token\` with every write. Administrators may act for somebody else with \`X-Millrace-As: NAME\`; the history says so.

**Repeats.** Give every write an \`Idempotency-Key\` of your own: a repeat within 24 hours gets the first answer, and the same key with another body is
422 IDEMPOTENCY_MISMATCH.

**Pages.** Lists answer \`items\`, \`next\` (give it back as \`cursor\`; absent on the last page) and \`asOf\`, the feed position they are true for. \`GET
/api/v1/events?after=<asOf>\` goes on from there.

**Errors** are problem documents (RFC 9457, \`application/problem+json\`) with a stable \`code\`; all codes are listed below. Bodies may have 1 MiB unless
a route says otherwise.

What is called an instance is an execution inside a deployment: every \`/instances\` address answers under \`/executions\` too.`

/** Protocol nouns that become named schemas, so that they are described once. */
const registry = z.registry<{ id: string }>()
const NAMED = {
  Backup,
  CheckAnswer,
  CommandAnswer,
  Draft,
  FeedEvent,
  Group,
  HistoryEntry,
  Incident,
  Instance,
  InstanceSummary,
  Json,
  Lock,
  Me,
  Model,
  Payload,
  Problem,
  SearchHit,
  StartInstance,
  SyncAnswer,
  TaskInfo,
  Token,
  User,
  Version,
  VersionSummary,
  Why,
  WorkflowSummary,
  WorkItem,
  WorkItemSummary,
}
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id })

export const registerApiDocument = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Millrace', version, description: ABOUT, license: { name: 'Apache-2.0' } },
      servers: [{ url: '/', description: 'This server' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'API token, `mr_…`.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'millrace_session',
            description: 'Set by `POST /api/v1/session`; its name ends in the port.',
          },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry: registry }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry: registry }),
  })
}
