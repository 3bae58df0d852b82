/** The API reference as one page without scripts: readable in any browser, also offline, under the strictest CSP. */
import { API_BASE, ERRORS, listRoutes, type Route } from '@millrace/protocol'
import { escapeHtml } from '../pages/escape-html.ts'
import { curlExample } from './curl-example.ts'
import { limitsText, NAME_MARKS, type SchemaNode, schemaText } from './schema-text.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: SchemaNode }[]
  readonly requestBody?: { readonly content?: { readonly [type: string]: { readonly schema?: SchemaNode } } }
  readonly responses?: { readonly [status: string]: { readonly content?: { readonly [type: string]: { readonly schema?: SchemaNode } } } }
}

/** What of the OpenAPI document the page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } }
  readonly components?: { readonly schemas?: { readonly [name: string]: SchemaNode } }
}

type Schemas = { readonly [name: string]: SchemaNode }

export const renderReference = (document: ApiDocument): string => {
  const table = new Map(listRoutes().map(({ id, route }) => [id, route]))
  const schemas = document.components?.schemas ?? {}
  const byNoun = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const route = table.get(operation.operationId ?? '')
      if (route === undefined) continue
      const sections = byNoun.get(route.noun) ?? []
      sections.push(renderOperation({ path, method: method.toUpperCase(), operation, route, schemas }))
      byNoun.set(route.noun, sections)
    }
  }
  const nouns = [...byNoun.keys()]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Millrace API</title>
<link rel="stylesheet" href="/api/reference.css">
</head>
<body>
<main>
<h1>Millrace API</h1>
<p class="muted">Version ${escapeHtml(document.info.version)} · base <code>${API_BASE}</code> · <a href="${API_BASE}/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
${paragraphs(document.info.description ?? '')}
<h3>In a shell</h3>
<pre>export MILLRACE=http://127.0.0.1:7400
export MILLRACE_TOKEN=mr_…    # POST ${API_BASE}/tokens makes one
curl -H "Authorization: Bearer $MILLRACE_TOKEN" "$MILLRACE${API_BASE}/me"</pre>
<nav aria-label="Nouns">${nouns.map((noun) => `<a href="#noun-${noun}">${noun}</a>`).join(' ')} <a href="#schemas">schemas</a> <a href="#errors">errors</a></nav>
${nouns.map((noun) => `<h2 id="noun-${noun}">${noun}</h2>\n${(byNoun.get(noun) ?? []).join('\n')}`).join('\n')}
<h2 id="schemas">Schemas</h2>
${Object.entries(schemas)
  .filter(([name]) => !name.endsWith('Input'))
  .map(
    ([name, schema]) =>
      `<details id="schema-${name}"><summary><code>${name}</code></summary><div>${renderSchema(schema, schemas)}</div></details>`,
  )
  .join('\n')}
<h2 id="errors">Errors</h2>
<table>
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
${Object.entries(ERRORS)
  .map(([code, { status, about }]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(about)}</td></tr>`)
  .join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`
}

interface Shown {
  readonly path: string
  readonly method: string
  readonly operation: Operation
  readonly route: Route
  readonly schemas: Schemas
}

const renderOperation = ({ path, method, operation, route, schemas }: Shown): string => {
  const body = schemaIn(operation.requestBody?.content)
  const show = (schema: SchemaNode) => renderSchema(schema, schemas)
  const id = operation.operationId ?? ''
  const example = curlExample({
    operationId: id,
    method,
    path,
    body,
    isPublic: route.access === 'public',
    needsEtag: route.ifMatch === 'required',
    streams: route.streams !== undefined,
  })
  return `<details id="${id}">
<summary><code class="method">${method}</code> <code>${escapeHtml(path)}</code> <span>${escapeHtml(operation.summary ?? '')}</span> <span class="who">${route.access}</span></summary>
<div>
${paragraphs(operation.description ?? '')}
${renderParameters(operation)}
${body === undefined ? '' : `<h3>Body</h3>${show(body)}`}
${Object.entries(operation.responses ?? {})
  .map(([status, response]) => {
    const schema = schemaIn(response.content)
    return `<h3>${status}</h3>${schema === undefined ? '<p class="muted">No body.</p>' : show(schema)}`
  })
  .join('\n')}
${(route.errors ?? []).length === 0 ? '' : `<h3>Errors</h3><p>${(route.errors ?? []).map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(' ')}</p>`}
<h3>Try it</h3>
<pre>${escapeHtml(example)}</pre>
</div>
</details>`
}

/** A named schema is opened one level; the names inside link to theirs. */
const renderSchema = (schema: SchemaNode, schemas: Schemas): string => {
  const name = schema.$ref?.split('/').at(-1)
  const opened = name === undefined ? undefined : schemas[name]
  const html = `<pre>${linked(schemaText(opened ?? schema))}</pre>`
  return name === undefined ? html : `<p>${linked(schemaText(schema))}</p>${html}`
}

const linked = (text: string): string => escapeHtml(text).replace(NAME_MARKS, (_, name: string) => `<a href="#schema-${name}">${name}</a>`)

const renderParameters = (operation: Operation): string => {
  const parameters = operation.parameters ?? []
  if (parameters.length === 0) return ''
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${required === true ? ', needed' : ''}</td>` +
      `<td><code>${linked(schemaText(schema))}</code> <span class="muted">${escapeHtml(schema === undefined ? '' : limitsText(schema))}</span></td></tr>`,
  )
  return `<h3>Parameters</h3><table><tbody>${rows.join('')}</tbody></table>`
}

const schemaIn = (content: { readonly [type: string]: { readonly schema?: SchemaNode } } | undefined): SchemaNode | undefined =>
  Object.values(content ?? {})[0]?.schema

/** The little Markdown the table uses: paragraphs, `code` and **bold**. */
const paragraphs = (markdown: string): string =>
  markdown
    .split(/\n\s*\n/)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const html = escapeHtml(text)
        .replace(/`([^`]+)`/g, '<code>$1</code>')
        .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
      return `<p>${html}</p>`
    })
    .join('\n')
