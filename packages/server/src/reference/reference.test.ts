import { API_BASE, ERRORS, listRoutes } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, type TestServer } from '../server.fixture.ts'
import { curlExample } from './curl-example.ts'
import { schemaText } from './schema-text.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server.close())

interface Document {
  readonly openapi: string
  readonly paths: {
    readonly [path: string]: {
      readonly [method: string]: { readonly operationId: string; readonly responses: object; readonly requestBody?: object }
    }
  }
  readonly components: { readonly schemas: { readonly [name: string]: unknown } }
}

const all = listRoutes().map(({ id, route }) => [id, route] as const)

test('the OpenAPI document has every route of the table, and nothing else', async () => {
  const { body } = await server.call<Document>(undefined, `GET ${API_BASE}/openapi.json`)
  expect(body.openapi).toBe('3.1.0')
  const documented = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
  )
  const expected = all.map(([id, route]) => `${id} ${route.method} ${API_BASE}${route.path.replace(/:(\w+)/g, '{$1}')}`)
  expect(documented.toSorted()).toEqual(expected.toSorted())
})

test('every reference in the document points at something that is there', async () => {
  const { body } = await server.call<Document>(undefined, `GET ${API_BASE}/openapi.json`)
  const refs = new Set([...JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ''))
  const missing = [...refs].filter(
    (ref) => !ref.startsWith('#/components/schemas/') || body.components.schemas[ref.slice(21)] === undefined,
  )
  expect(refs.size).toBeGreaterThan(10)
  expect(missing).toEqual([])
})

test('the page lists every route, schema and error code, loads nothing from elsewhere and runs nothing', async () => {
  const { body: page, headers } = await server.call<string>(undefined, 'GET /api')
  for (const [id] of all) expect(page).toContain(`id="${id}"`)
  for (const code of Object.keys(ERRORS)) expect(page).toContain(`id="${code}"`)
  expect(page).not.toMatch(/<script|style=|onclick|https?:\/\/(?!127\.0\.0\.1)/)
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/)
  expect((await server.call<string>(undefined, 'GET /api/reference.css')).headers['content-type']).toContain('text/css')
  for (const link of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${link[1]}"`)
})

test('the type of a problem document points at its code in the reference', async () => {
  const answer = await server.call<{ type: string }>(undefined, 'GET /api/v1/me')
  expect(answer.body.type).toBe('/api#UNAUTHENTICATED')
})

test('types are shown as people write them', () => {
  const schema = {
    type: 'object',
    required: ['a'],
    properties: {
      a: { type: 'string', maxLength: 5 },
      b: { type: 'array', items: { anyOf: [{ type: 'integer' }, { $ref: '#/components/schemas/WhyInput' }] } },
    },
  }
  expect(schemaText(schema)).toBe('{\n  a: string  // up to 5 characters\n  b?: (integer | \u2063Why\u2063)[]\n}')
})

test('an example is one shell command with the members that are needed', () => {
  const text = curlExample({
    operationId: 'groups.save',
    method: 'PUT',
    path: '/api/v1/groups/{name}',
    isPublic: false,
    needsEtag: false,
    streams: false,
    body: { type: 'object', required: ['members'], properties: { members: { type: 'array' }, title: { type: 'string' } } },
  })
  expect(text).toBe(
    `curl -X PUT "$MILLRACE/api/v1/groups/$NAME" \\\n  -H "Authorization: Bearer $MILLRACE_TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  -d '{"members":[]}'`,
  )
})
