import path from 'node:path'
import type { MillraceError } from '@millrace/protocol'
import { afterAll, describe, expect, test } from 'vitest'
import { JournalHost } from '../fixture/journal-host.fixture.ts'
import { BundleShelf, removeFiles, writeFiles } from '../fixture/workflow-files.fixture.ts'
import { openInlineRunner } from '../index.ts'
import type { BundleProblem } from './index.ts'
import { bundleWorkflow } from './index.ts'

afterAll(removeFiles)

const TASKS = `
import { defineTask } from '@millrace/workflow'
import { connect } from 'a-driver-that-is-not-installed'
import { z } from 'zod'
const SECRET = 'driver code'
export const pay = defineTask({ name: 'refund.pay', input: z.object({ id: z.string() }), retry: { attempts: 5, initial: '2s' }, timeout: '30s' }, async () => connect(SECRET))
export const unused = defineTask({ name: 'refund.unused', input: z.object({}) }, async () => 1)
export type Receipt = { id: string }
export const LIMIT = 3
`

const FILES = {
  'refund.workflow.ts': `
import { group, workflow, type Run } from '@millrace/workflow'
import { z } from 'zod'
import { euros } from './lib/money.ts'
import { pay, type Receipt } from './refund.task.ts'
import invoice from './invoice.workflow.ts'
import rates from './rates.json' with { type: 'json' }

export default workflow(
  {
    id: 'refund', title: 'Refund an order', input: z.object({ id: z.string().min(1), cents: z.int().default(100) }),
    locks: ['printer'], retention: '90d', starters: [group('sales')],
  },
  async (run: Run, input) => {
    await run.task(pay, { id: input.id })
    await run.task('mail.send', { text: euros(input.cents * rates.usd) })
    return run.start(invoice, { id: input.id }) as Promise<Receipt>
  },
)`,
  'refund.task.ts': TASKS,
  'invoice.workflow.ts': `import { workflow } from '@millrace/workflow'\nexport default workflow({ id: 'invoice' }, async () => 'code of another workflow')`,
  'lib/money.ts': `export const euros = (cents: number): string => \`\${cents / 100} €\`\nexport enum Unused { A }`,
  'rates.json': `{ "usd": 2 }`,
}

const bundleOf = async (files: { readonly [name: string]: string }, entry = 'refund.workflow.ts') =>
  bundleWorkflow(path.join(await writeFiles(files), entry))

const problemsOf = async (
  files: { readonly [name: string]: string },
  entry = 'test.workflow.ts',
): Promise<{ readonly message: string; readonly problems: readonly BundleProblem[] }> => {
  try {
    await bundleOf(files, entry)
  } catch (error) {
    expect((error as MillraceError).code).toBe('MODEL_INVALID')
    return { message: (error as MillraceError).message, problems: (error as MillraceError).details['problems'] as BundleProblem[] }
  }
  throw new Error('It was bundled.')
}

describe('a bundle', () => {
  test('says what the workflow says of itself', async () => {
    const { bundle, source, hash, ...rest } = await bundleOf(FILES)
    expect(rest).toEqual({
      id: 'refund',
      title: 'Refund an order',
      abi: 1,
      inputSchema: {
        type: 'object',
        properties: {
          id: { type: 'string', minLength: 1 },
          cents: { type: 'integer', default: 100, minimum: expect.any(Number), maximum: expect.any(Number) },
        },
        required: ['id'],
      },
      locks: ['printer'],
      retention: 'P90D',
      starters: ['group:sales'],
      tasks: ['mail.send', 'refund.pay'],
    })
    expect(source).toBe(FILES['refund.workflow.ts'])
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(bundle).toBeInstanceOf(Uint8Array)
  })

  test('has the workflow’s own files and no types, no code of tasks and other workflows, and no package of the ABI', async () => {
    const text = new TextDecoder().decode((await bundleOf(FILES)).bundle)
    expect(text).toContain('cents / 100')
    expect(text).toContain('"attempts": 5')
    expect(text).not.toMatch(/driver|SECRET|refund\.unused|code of another workflow|Unused|interface|Receipt/)
    expect(text.match(/require\("[^"]+"\)/g)?.toSorted()).toEqual([
      'require("millrace:1/reference")',
      'require("millrace:1/workflow")',
      'require("millrace:1/zod")',
    ])
  })

  test('runs: references carry the name and the policies of their tasks', async () => {
    const shelf = new BundleShelf()
    const runner = openInlineRunner({ loadBundle: shelf.load })
    const host = new JournalHost({ runner, bundle: shelf.add(await bundleOf(FILES)), input: { id: 'a' } })
    expect((await host.start()).calls).toMatchObject([
      { name: 'refund.pay', task: 'refund.pay', retry: { attempts: 5, initialMs: 2_000 }, attemptTimeoutMs: 30_000 },
    ])
    expect((await host.result('refund.pay')).calls).toMatchObject([{ task: 'mail.send', input: { text: '2 €' } }])
    expect((await host.result('mail.send')).calls).toMatchObject([{ kind: 'start', start: { workflow: 'invoice', input: { id: 'a' } } }])
    await runner.close()
  })

  test('is the same in every folder, and another one when a decision changes', async () => {
    const [one, two, changed, comment] = await Promise.all([
      bundleOf(FILES),
      bundleOf(
        Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`deep/folder/${name}`, text])),
        'deep/folder/refund.workflow.ts',
      ),
      bundleOf({ ...FILES, 'lib/money.ts': FILES['lib/money.ts'].replace('/ 100', '/ 1000') }),
      bundleOf({ ...FILES, 'refund.task.ts': TASKS.replace('driver code', 'other driver code') }),
    ])
    expect(two.hash).toBe(one.hash)
    expect(changed.hash).not.toBe(one.hash)
    expect(comment.hash).toBe(one.hash)
    expect(new TextDecoder().decode(two.bundle)).not.toContain('millrace-files-')
  })

  test('takes the id from the file name where the module is of the Appsmith shape', async () => {
    const { id, title, inputSchema } = await bundleOf(
      { 'stock-alert.workflow.js': `export const executeWorkflow = async (data) => data` },
      'stock-alert.workflow.js',
    )
    expect({ id, title, inputSchema }).toEqual({ id: 'stock-alert', title: 'Stock alert', inputSchema: undefined })
  })

  test('evaluates a file of tasks only where names are computed, and whatever the file prints', async () => {
    const files = {
      'test.workflow.ts': `import { workflow } from '@millrace/workflow'\nimport { a, b as renamed } from './made.task.ts'\nexport default workflow({ id: 'test' }, async (run) => { await run.task(a); await run.task(renamed) })`,
      'made.task.ts': `
        import { defineTask } from '@millrace/workflow'
        import { z } from 'zod'
        console.log('printed')
        const make = (name: string) => defineTask({ name: 'made.' + name, input: z.any() }, async () => 1)
        export const a = make('a')
        const b = make('b')
        export { b }`,
    }
    expect((await bundleOf(files, 'test.workflow.ts')).tasks).toEqual(['made.a', 'made.b'])
  })
})

const workflow = (body: string, imports = '') =>
  `import { workflow } from '@millrace/workflow'\n${imports}\nexport default workflow({ id: 'test' }, async (run) => {\n  ${body}\n})`

describe('a workflow that cannot be bundled is refused with file, line and column', () => {
  test.each([
    ['a syntax error', { 'test.workflow.ts': workflow('return (') }, 'test.workflow.ts:5:1: ', /Unexpected token/],
    [
      'a syntax error in a file it imports',
      { 'test.workflow.ts': workflow('return a', `import { a } from './a.ts'`), 'a.ts': 'export const a = {\n  b: ]' },
      'a.ts:2:6: ',
      /Unexpected token/,
    ],
    [
      'a file that is missing',
      { 'test.workflow.ts': workflow('return a', `import { a } from './nope.ts'`) },
      'test.workflow.ts:2:19: ',
      /There is no file \.\/nope\.ts\. Write the path with its ending/,
    ],
    [
      'a package that is missing',
      { 'test.workflow.ts': workflow('return a', `import a from 'left-pad'`) },
      'test.workflow.ts:2:15: ',
      /The package left-pad is not installed\. Install it, or move what needs it into a task/,
    ],
    [
      'a name that is not exported',
      { 'test.workflow.ts': workflow('return b', `import { b } from './a.ts'`), 'a.ts': 'export const a = 1' },
      'test.workflow.ts:2:10: ',
      /a\.ts does not export b/,
    ],
    [
      'something of a task file that is no task',
      { 'test.workflow.ts': workflow('return LIMIT', `import { LIMIT } from './refund.task.ts'`), 'refund.task.ts': TASKS },
      'test.workflow.ts:2:10: ',
      /LIMIT is no task of refund\.task\.ts\. A workflow gets references to tasks only/,
    ],
    [
      'a module of Node',
      { 'test.workflow.ts': workflow('return readFileSync("x")', `import { readFileSync } from 'fs'`) },
      'test.workflow.ts:2:30: ',
      /node:fs is not available in a workflow: .* Move what needs it into a task/,
    ],
    [
      'a module of Node in a file it imports',
      {
        'test.workflow.ts': workflow('return a()', `import { a } from './a.ts'`),
        'a.ts': `\nimport os from 'node:os'\nexport const a = () => os.cpus()`,
      },
      'a.ts:2:16: ',
      /node:os is not available/,
    ],
    [
      'import.meta',
      { 'test.workflow.ts': workflow('return import.meta.url') },
      'test.workflow.ts:4:10: ',
      /import\.meta is not available in a workflow/,
    ],
    [
      'await at the top',
      { 'test.workflow.ts': `const a = await 1\n${workflow('return a')}` },
      'test.workflow.ts:1:11: ',
      /cannot await at its top level\. Await inside the function/,
    ],
    [
      'no default export',
      { 'test.workflow.ts': 'export const a = 1' },
      'test.workflow.ts:1:1: ',
      /exports no workflow: write `export default workflow/,
    ],
    [
      'a module that throws',
      { 'test.workflow.ts': `\nconst parse = (text: string) => JSON.parse(text)\nexport default parse('{')` },
      'test.workflow.ts:2:38: ',
      /JSON/,
    ],
    [
      'an id that is none',
      { 'test.workflow.ts': `import { workflow } from '@millrace/workflow'\nexport default workflow({ id: 'two words' }, async () => 1)` },
      'test.workflow.ts:2:16: ',
      /"two words" is no id for a workflow/,
    ],
    [
      'an input without a JSON form',
      {
        'test.workflow.ts': `import { workflow } from '@millrace/workflow'\nimport { z } from 'zod'\nexport default workflow({ id: 'a', input: z.object({ n: z.bigint() }) }, async () => 1)`,
      },
      'test.workflow.ts:1:1: ',
      /The input cannot be shown as a form: z\.bigint\(\) has no JSON/,
    ],
    [
      'a retention that is no duration',
      {
        'test.workflow.ts': `import { workflow } from '@millrace/workflow'\nexport default workflow({ id: 'a', retention: 'long' as '1d' }, async () => 1)`,
      },
      'test.workflow.ts:1:1: ',
      /retention is "long"/,
    ],
    [
      'a computed task name that cannot be evaluated',
      {
        'test.workflow.ts': workflow('return run.task(a)', `import { a } from './a.task.ts'`),
        'a.task.ts': `export const a = make(missing)`,
      },
      'a.task.ts:1:1: ',
      /ReferenceError: make is not defined\. Write the name of each task as a text/,
    ],
  ])('%s', async (_name, files, place, message) => {
    const { message: said } = await problemsOf(files)
    expect(said.slice(0, place.length)).toBe(place)
    expect(said).toMatch(message)
  })

  test('with all problems at once', async () => {
    const { problems } = await problemsOf({
      'test.workflow.ts': workflow('return [a, b]', `import { a } from './a.ts'; import { b } from './b.ts'`),
    })
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 19],
      [2, 47],
    ])
  })

  test('and a module that never finishes loading does not hang', async () => {
    const { message } = await problemsOf({ 'test.workflow.ts': `for (;;);` })
    expect(message).toContain('The module did not finish loading within 5 s: it must only define the workflow.')
  })

  test('and a file that is not there is named', async () => {
    await expect(bundleWorkflow('nowhere/refund.workflow.ts')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('There is no file nowhere/refund.workflow.ts'),
    })
  })
})
