import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { routes } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { eachItem } from './each-item.ts'

test('every route of the table has a method, and it calls that route', async () => {
  const called: string[] = []
  const client = createClient({
    baseUrl: 'http://millrace.test',
    fetch: async (url, init) => {
      called.push(`${init.method} ${new URL(url).pathname.replace('/api/v1', '')}`)
      return Response.json({})
    },
  })
  const { events: _events, call: _call, ...nouns } = client
  for (const [noun, methods] of Object.entries(nouns)) {
    for (const [name, method] of Object.entries(methods)) {
      const before = called.length
      // Any text does as an id: the fake server looks at the address only.
      await (method as (...args: unknown[]) => Promise<unknown>)('x', 'x', 'x')
      const table = routes as unknown as Record<string, Record<string, { readonly method: string; readonly path: string }>>
      const entry = table[noun]?.[name]
      expect(called.slice(before), `client.${noun}.${name}`).toEqual([`${entry?.method} ${entry?.path.replace(/:\w+/g, 'x')}`])
    }
  }
  const inTable = Object.entries(routes).flatMap(([noun, entries]) => Object.keys(entries).map((name) => `${noun}.${name}`))
  const inClient = Object.entries(nouns).flatMap(([noun, methods]) => Object.keys(methods).map((name) => `${noun}.${name}`))
  expect(inTable.filter((name) => !inClient.includes(name))).toEqual(['events.stream'])
})

test('pages are walked to the end', async () => {
  const pages = [
    { items: [1, 2], next: 'a', asOf: 1 },
    { items: [], next: 'b', asOf: 1 },
    { items: [3], asOf: 1 },
  ]
  const asked: (string | undefined)[] = []
  const list = async (query: { readonly limit: number; readonly cursor?: string }) => {
    asked.push(query.cursor)
    return pages[asked.length - 1] ?? { items: [] }
  }
  const all: number[] = []
  for await (const row of eachItem(list, { limit: 2 })) all.push(row)
  expect({ all, asked }).toEqual({ all: [1, 2, 3], asked: [undefined, 'a', 'b'] })
})

test('a browser that loads the client does not load zod', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve: (name, context, next) => { if (name === 'zod') throw new Error('zod from ' + context.parentURL); return next(name, context) } })
    await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
    console.log('loaded')`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(stdout.trim()).toBe('loaded')
})
