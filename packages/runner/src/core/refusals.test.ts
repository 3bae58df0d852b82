/** What a workflow cannot do, and what it is told instead. */

import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { JournalHost } from '../fixture/journal-host.fixture.ts'
import { BundleShelf, removeFiles, writeFiles } from '../fixture/workflow-files.fixture.ts'
import { openInlineRunner } from '../index.ts'

const shelf = new BundleShelf()
const runner = openInlineRunner({ loadBundle: shelf.load })
let instances = 0

afterAll(async () => {
  await runner.close()
  await removeFiles()
})

const outcomeOf = async (body: string) =>
  (await new JournalHost({ runner, bundle: await shelf.body(body), instance: `i-${++instances}` }).start()).outcome

describe('inside a workflow', () => {
  test.each([
    [
      `setTimeout(() => 1, 5)`,
      `setTimeout is not available in a workflow: its timer would be lost when the server restarts. Use await run.sleep('5m').`,
    ],
    [`setInterval(() => 1, 5)`, `setInterval is not available in a workflow: its timer`],
    [`setImmediate(() => 1)`, `setImmediate is not available in a workflow: there is nothing to wait for`],
    [
      `await fetch('https://example.com')`,
      `fetch is not available in a workflow: a replay would send it again. Do it in a task (a file called *.task.ts) and await run.task(…).`,
    ],
    [`new WebSocket('ws://example.com')`, `WebSocket is not available in a workflow`],
    [`new AbortController()`, `Use run.race({ … }) or run.scope(…)`],
    [
      `process.env.HOME`,
      `process.env.HOME is not available in a workflow: what it says may be different at the next replay. Pass the value in the input, or read it in a task.`,
    ],
    [`process.exit(1)`, `process.exit is not available in a workflow`],
    [`process.env.HOME = 'x'`, `process.env.HOME is not available in a workflow: a workflow changes nothing outside of itself.`],
    [`await crypto.subtle.digest('SHA-256', new Uint8Array())`, `crypto.subtle is not available in a workflow`],
    [`crypto.getRandomValues(new Uint8Array(70_000))`, `fills 65536 bytes at most; asked for 70000`],
    [`Buffer.from('x')`, `Buffer.from is not available in a workflow: use Uint8Array`],
  ])('%s is refused with a sentence that says what to do', async (code, message) => {
    expect(await outcomeOf(code)).toMatchObject({
      kind: 'threw',
      error: { code: 'WORKFLOW_FAILED', message: expect.stringContaining(message) },
    })
  })

  test('what depends on the garbage collector or on threads is not there', async () => {
    expect(
      await outcomeOf(`return [typeof WeakRef, typeof FinalizationRegistry, typeof SharedArrayBuffer, typeof Atomics, typeof WebAssembly]`),
    ).toEqual({
      kind: 'returned',
      output: ['undefined', 'undefined', 'undefined', 'undefined', 'undefined'],
    })
  })

  test('pure globals are, and code that asks what it runs on is not stopped', async () => {
    expect(
      await outcomeOf(`return [new URL('/a', 'https://b.example').href, btoa('x'), new TextEncoder().encode('é').length, structuredClone({ a: [1] }).a[0],
        process.env.NODE_ENV, typeof process.then, new Date(0).constructor === Date, new Date(0) instanceof Date, Date.UTC(2020, 0), typeof Date()]`),
    ).toEqual({
      kind: 'returned',
      output: ['https://b.example/a', 'eA==', 2, 1, 'production', 'undefined', true, true, 1577836800000, 'string'],
    })
  })

  test('clock and chance cannot be reached around, by prototypes or by code made of text', async () => {
    const once = await outcomeOf(
      `return [new (new Date(0).constructor)().getTime(), Function('return Date.now()')(), (0, eval)('Math.random()')]`,
    )
    expect(once).toMatchObject({ kind: 'returned', output: [1767225600000, 1767225600000, expect.any(Number)] })
  })

  test('the program around it keeps its own clock, timers and prototypes', async () => {
    const before = [Date, Math.random, globalThis.setTimeout, globalThis.fetch, process.env]
    await outcomeOf(`Object.prototype['leak'] = 1; Date.now = () => 1; return 1`)
    expect([Date, Math.random, globalThis.setTimeout, globalThis.fetch, process.env]).toEqual(before)
    expect('leak' in {}).toBe(false)
    expect(Date.now()).toBeGreaterThan(1767225600000)
  })

  test('run of another instance, kept in a variable of the module, is refused', async () => {
    const bundle = await shelf.module(
      `let kept; export default workflow({ id: 'test' }, async (run) => { kept ??= run; await kept.task('x') })`,
    )
    await new JournalHost({ runner, bundle, instance: 'first' }).start()
    expect((await new JournalHost({ runner, bundle, instance: 'second' }).start()).outcome).toMatchObject({
      kind: 'threw',
      error: {
        message: 'This run belongs to another instance: it was kept in a variable of the module. Use the run the function is called with.',
      },
    })
  })
})

describe('while its module loads', () => {
  test('the clock is refused, since every instance has its own time', async () => {
    const bundle = shelf.add({
      hash: 'clock',
      bundle: new TextEncoder().encode(`const at = Date.now(); exports.executeWorkflow = () => at`),
    })
    expect((await new JournalHost({ runner, bundle, instance: 'clock' }).start()).outcome).toMatchObject({
      kind: 'threw',
      error: {
        message: expect.stringContaining('The clock cannot be read while a workflow module loads: every instance has its own time.'),
      },
    })
  })

  test('chance follows from the bundle, the same in every process', async () => {
    const code = new TextEncoder().encode(`const drawn = Math.random(); exports.executeWorkflow = () => drawn`)
    const outcomes = await Promise.all(
      [runner, openInlineRunner({ loadBundle: shelf.load })].map(async (each) => {
        const made = await new JournalHost({
          runner: each,
          bundle: shelf.add({ hash: 'chance', bundle: code }),
          instance: 'chance',
        }).start()
        if (each !== runner) await each.close()
        return made.outcome
      }),
    )
    expect(outcomes[0]).toEqual(outcomes[1])
  })
})

describe('modules of Node that a package inside a bundle imports', () => {
  /** Authors' own imports are refused when the workflow is bundled; packages may have branches that never run. */
  const withPackage = async (code: string, body: string) => {
    const folder = await writeFiles({
      'node_modules/lib/package.json': '{ "name": "lib", "type": "module", "exports": "./index.js" }',
      'node_modules/lib/index.js': code,
      'test.workflow.ts': `import { workflow } from '@millrace/workflow'\nimport { lib } from 'lib'\nexport default workflow({ id: 'test' }, async () => { ${body} })`,
    })
    const { bundleWorkflow } = await import('../bundle/index.ts')
    const bundle = shelf.add(await bundleWorkflow(path.join(folder, 'test.workflow.ts')))
    return (await new JournalHost({ runner, bundle, instance: `lib-${++instances}` }).start()).outcome
  }

  test('work where they follow from their arguments', async () => {
    const code = `import path from 'node:path'; import { createHash, randomUUID } from 'crypto'
      export const lib = () => [path.posix.join('a', '..', 'b'), createHash('sha1').update('x').digest('hex'), randomUUID().length]`
    expect(await withPackage(code, `return lib()`)).toEqual({
      kind: 'returned',
      output: ['b', '11f6ad8ec52a2984abaafd7c3b516503785c2072', 36],
    })
  })

  test.each([
    [
      `import { readFileSync } from 'fs'; export const lib = () => readFileSync('x')`,
      'node:fs readFileSync is not available in a workflow',
    ],
    [
      `import fs from 'node:fs'; export const lib = () => fs.promises.readFile('x')`,
      'node:fs promises.readFile is not available in a workflow',
    ],
    [
      `import * as cp from 'node:child_process'; export const lib = () => cp.execSync('ls')`,
      'node:child_process execSync is not available in a workflow',
    ],
    [`import http from 'node:http'; export const lib = () => new http.Agent()`, 'node:http Agent is not available in a workflow'],
    [
      `import { setTimeout } from 'node:timers/promises'; export const lib = () => setTimeout(5)`,
      'node:timers/promises setTimeout is not available in a workflow',
    ],
    [
      `import { scryptSync } from 'node:crypto'; export const lib = () => scryptSync('a', 'b', 8)`,
      'node:crypto scryptSync is not available in a workflow',
    ],
  ])('are refused by name when they are called: %s', async (code, message) => {
    expect(await withPackage(code, `return lib()`)).toMatchObject({ kind: 'threw', error: { message: expect.stringContaining(message) } })
    expect(await withPackage(code, `return typeof lib`)).toEqual({ kind: 'returned', output: 'function' })
  })
})
