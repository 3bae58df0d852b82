/** Commands that need no server. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliFixture, openCli } from './cli.fixture.ts'

const REVIEW = `id: review
nodes:
  - { id: look, type: participant, assign: "group:editors", routes: { approve: note, reject: end } }
  - { id: note, type: process, task: log, with: { message: seen }, next: end }
`

const AEM = `<?xml version="1.0" encoding="UTF-8"?>
<jcr:root xmlns:jcr="http://www.jcp.org/jcr/1.0" xmlns:cq="http://www.day.com/jcr/cq/1.0" xmlns:nt="http://www.jcp.org/jcr/nt/1.0"
    jcr:primaryType="cq:WorkflowModel" title="Approve" description="">
  <metaData jcr:primaryType="nt:unstructured"/>
  <nodes jcr:primaryType="nt:unstructured">
    <node0 jcr:primaryType="cq:WorkflowNode" title="Start" type="START"><metaData jcr:primaryType="nt:unstructured"/></node0>
    <node1 jcr:primaryType="cq:WorkflowNode" title="Review" type="PARTICIPANT"><metaData jcr:primaryType="nt:unstructured" PARTICIPANT="content-authors"/></node1>
    <node2 jcr:primaryType="cq:WorkflowNode" title="Notify" type="PROCESS"><metaData jcr:primaryType="nt:unstructured" PROCESS="com.example.Notify" PROCESS_AUTO_ADVANCE="true"/></node2>
    <node3 jcr:primaryType="cq:WorkflowNode" title="End" type="END"><metaData jcr:primaryType="nt:unstructured"/></node3>
  </nodes>
  <transitions jcr:primaryType="nt:unstructured">
    <node0_x0023_node1 jcr:primaryType="cq:WorkflowTransition" from="node0" to="node1"><metaData jcr:primaryType="nt:unstructured"/></node0_x0023_node1>
    <node1_x0023_node2 jcr:primaryType="cq:WorkflowTransition" from="node1" to="node2"><metaData jcr:primaryType="nt:unstructured"/></node1_x0023_node2>
    <node2_x0023_node3 jcr:primaryType="cq:WorkflowTransition" from="node2" to="node3"><metaData jcr:primaryType="nt:unstructured"/></node2_x0023_node3>
  </transitions>
</jcr:root>
`

let cli: CliFixture
let millrace: CliFixture['millrace']
beforeAll(async () => {
  cli = await openCli({ 'review.yaml': REVIEW, 'approve.xml': AEM }, { hasServer: false })
  millrace = cli.millrace
})
afterAll(() => cli.close())

const documents = (out: string): readonly { readonly [name: string]: unknown }[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly [name: string]: unknown })

describe('check', () => {
  test('prints one object per file and line, with soundness and the shortest counterexample', async () => {
    await cli.write(
      'stuck.yaml',
      'id: stuck\nnodes:\n  - { id: a, type: or-split, branches: [{ when: "true", to: b }, { default: true, to: c }] }\n  - { id: b, type: process, task: log, next: j }\n  - { id: c, type: process, task: log, next: j }\n  - { id: j, type: and-join, next: end }\n',
    )
    await cli.write('broken.yaml', 'id: broken\nnodes:\n  - { id: a, type: proces, task: log, next: nowhere }\n')
    const { code, out } = await millrace('check', 'review.yaml', 'stuck.yaml', 'broken.yaml', 'missing.yaml', '--json')
    const [sound, stuck, broken, missing] = documents(out)
    expect(code).toBe(1)
    expect(sound).toEqual({ file: 'review.yaml', ok: true, problems: [], soundness: { verdict: 'sound', states: 0 } })
    expect(stuck).toMatchObject({
      file: 'stuck.yaml',
      ok: false,
      problems: [
        { code: 'UNSOUND', severity: 'error', line: 6, column: expect.any(Number), message: expect.any(String), hint: expect.any(String) },
      ],
      soundness: { verdict: 'unsound', states: expect.any(Number), counterexample: { kind: 'deadlock', steps: expect.any(Array) } },
    })
    expect(broken).toMatchObject({
      ok: false,
      problems: [{ code: 'NODE_TYPE_UNKNOWN', line: 3, column: 20 }],
      soundness: { verdict: 'unknown', states: 0 },
    })
    expect(missing).toMatchObject({
      file: 'missing.yaml',
      ok: false,
      problems: [{ code: 'FILE_UNREADABLE', message: 'There is no such file.' }],
    })
  })

  test('says the same to people, with file, line and column', async () => {
    const { code, out } = await millrace('check', 'stuck.yaml', 'review.yaml')
    expect(code).toBe(1)
    expect(out).toMatch(/^stuck\.yaml:6:\d+ error UNSOUND j waits for /)
    expect(out).toMatch(/\nnot ok stuck\.yaml, unsound\nok review\.yaml, sound\n$/)
  })

  test('plays the scenarios beside a model, and a failed one is a problem of the model', async () => {
    await cli.write('tested.yaml', REVIEW.replace('id: review', 'id: tested'))
    await cli.write(
      'tested.test.yaml',
      'scenarios:\n  - name: good\n    steps: [{ complete: look, route: approve }]\n    expect: { status: COMPLETED }\n  - name: bad\n    steps: [{ complete: look, route: approve }]\n    expect: { status: RUNNING }\n',
    )
    const [object] = documents((await millrace('check', 'tested.yaml', '--json')).out)
    expect(object).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'EXPECTATION_FAILED',
          severity: 'error',
          file: 'tested.test.yaml',
          line: 7,
          message: 'bad: status is "COMPLETED", expected "RUNNING".',
        },
      ],
      scenarios: [
        { name: 'good', ok: true },
        { name: 'bad', ok: false },
      ],
    })
    expect((await millrace('check', 'tested.test.yaml')).out).toContain('tested.test.yaml:7:5 error EXPECTATION_FAILED')
  })

  test('bundles a code workflow, and says where it cannot', async () => {
    await cli.write(
      'bad.workflow.ts',
      "import { readFileSync } from 'node:fs'\nimport { workflow } from '@millrace/workflow'\nexport default workflow({ id: 'bad' }, async () => readFileSync('/etc/passwd', 'utf8'))\n",
    )
    const [object] = documents((await millrace('check', 'bad.workflow.ts', '--json')).out)
    expect(object).toMatchObject({ file: 'bad.workflow.ts', ok: false, problems: [{ code: 'NODE_MODULE', line: 1 }] })
  })

  test('without a file needs a project, and says so', async () => {
    expect(await millrace('check')).toMatchObject({ code: 1, err: expect.stringMatching(/^NOT_FOUND: .* it has no millrace\.yaml/) })
  })
})

describe('simulate', () => {
  test('prints the history that a server would have', async () => {
    await cli.write('s.yaml', 'steps: [{ complete: look, route: approve, by: ana }]\nexpect: { status: COMPLETED }\n')
    const [object] = documents((await millrace('simulate', 'review.yaml', '--scenario', 's.yaml', '--json')).out)
    expect(object).toMatchObject({ file: 'review.yaml', scenario: 's.yaml', ok: true, status: 'COMPLETED', problems: [] })
    expect(
      ((object?.['history'] ?? []) as readonly { type: string; node?: string }[]).map(({ type, node }) => `${type} ${node ?? ''}`.trim()),
    ).toEqual(['created', 'opened look', 'closed look', 'opened note', 'closed note', 'passed end', 'ended'])
    const { out } = await millrace('simulate', 'review.yaml', '-s', 's.yaml')
    expect(out.split('\n')).toHaveLength(10)
    expect(out).toContain('look              done: approve by ana')
  })

  test('fails when something else happened, and needs a model without errors', async () => {
    await cli.write('t.yaml', 'expect: { status: COMPLETED }\n')
    expect(await millrace('simulate', 'review.yaml', '-s', 't.yaml')).toMatchObject({
      code: 1,
      out: expect.stringContaining('line 1 EXPECTATION_FAILED'),
    })
    expect(await millrace('simulate', 'broken.yaml', '-s', 't.yaml')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^MODEL_INVALID: broken\.yaml .*\n {2}3:20 /),
    })
    expect(await millrace('simulate', 'review.yaml')).toMatchObject({ code: 2, err: expect.stringContaining('Name one with --scenario') })
    expect(await millrace('simulate', 'gone.yaml', '-s', 't.yaml')).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no such file'),
    })
  })
})

describe('import aem', () => {
  test('writes the model, lists by file, line and node what to bind, and says how', async () => {
    const { code, out } = await millrace('import', 'aem', 'approve.xml', '--out', 'models')
    expect(code).toBe(0)
    expect(out).toMatch(/approve\.xml:8:\d+ node2 java com\.example\.Notify: bind task aem:com\.example\.Notify/)
    expect(out).toContain('imported models/approve.yaml, 4 nodes, 3 transitions, 1 to bind or check')
    expect(out).toContain('bind:\n  "aem:com.example.Notify": noop\n')
    expect(await readFile(join(cli.folder, 'models/approve.yaml'), 'utf8')).toContain('task: aem:com.example.Notify')
    expect((await millrace('check', 'models/approve.yaml')).code).toBe(0)
  })

  test('does not overwrite another model unless told to, says what differs, and gives programs the report', async () => {
    expect(await millrace('import', 'aem', 'approve.xml', '-o', 'models')).toMatchObject({
      code: 0,
      out: expect.stringContaining('the same as models/approve.yaml'),
    })
    await cli.write(
      'models/approve.yaml',
      `# Ours\n${(await readFile(join(cli.folder, 'models/approve.yaml'), 'utf8')).replace('title: Notify', 'title: Ours')}`,
    )
    expect(await millrace('import', 'aem', 'approve.xml', '-o', 'models')).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /not imported models\/approve\.yaml is another model of this name\. .* was "Ours" and is now "Notify".*--force/,
      ),
    })
    expect(await readFile(join(cli.folder, 'models/approve.yaml'), 'utf8')).toContain('# Ours')
    const [object] = documents((await millrace('import', 'aem', 'approve.xml', '-o', 'models', '--force', '--json')).out)
    expect(object).toMatchObject({
      file: 'approve.xml',
      ok: true,
      id: 'approve',
      written: 'models/approve.yaml',
      unbound: [{ file: 'approve.xml', line: 8, node: 'node2', kind: 'java', name: 'com.example.Notify', task: 'aem:com.example.Notify' }],
    })
  })

  test('says what is wrong with a file that is no model, and reads nothing that it points at', async () => {
    await cli.write('secret.txt', 'root:x:0:0')
    await cli.write('entity.xml', `<!DOCTYPE r [<!ENTITY x SYSTEM "secret.txt">]>${AEM.replace('title="Approve"', 'title="&x;"')}`)
    const [refused] = documents((await millrace('import', 'aem', 'entity.xml', '--json')).out)
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'AEM_XML_DOCTYPE', line: 1 }] })
    await cli.write('large.xml', AEM.replace('</jcr:root>', `<!--${'x'.repeat(10_000_000)}--></jcr:root>`))
    expect(await millrace('import', 'aem', 'large.xml')).toMatchObject({
      code: 1,
      out: expect.stringContaining('4000000 are read at most'),
    })
    expect(await millrace('import', 'aem', 'models')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^EISDIR: \S+models: is a folder/),
    })
    await cli.write('cut.xml', AEM.slice(0, 400))
    expect(await millrace('import', 'aem', 'cut.xml')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^cut\.xml:\d+:\d+ error .*\nnot imported cut\.xml\n$/),
    })
  })
})

describe('init', () => {
  test('makes a project whose models and workflows pass their check', async () => {
    const made = await millrace('init', 'shop')
    expect(made.out).toContain('shop/models/review.yaml')
    // As it can be typed there: in a checkout no program of that name is on the path.
    const [, program = ''] = /^ {2}(\S+) check$/m.exec(made.out) ?? []
    expect(existsSync(program)).toBe(true)
    expect(JSON.parse(await readFile(join(cli.folder, 'shop/package.json'), 'utf8'))).toMatchObject({ name: 'shop', type: 'module' })
    expect(await millrace('check', 'shop/models/review.yaml', 'shop/workflows/refund.workflow.ts')).toMatchObject({
      code: 0,
      out: 'ok shop/models/review.yaml, sound, 3 of 3 scenarios pass\nok shop/workflows/refund.workflow.ts\n',
    })
  })

  test('never overwrites a file', async () => {
    await cli.write('shop/README.md', 'mine')
    expect(await millrace('init', 'shop')).toMatchObject({ code: 1, err: expect.stringMatching(/^EXISTS: /) })
    expect(await millrace('init', 'shop', '--force')).toMatchObject({ code: 0 })
    expect(await readFile(join(cli.folder, 'shop/README.md'), 'utf8')).toBe('mine')
  })
})

describe('wrong usage is one line, ends with 2 and says how', () => {
  test.each([
    [['instance', 'lst'], 'USAGE: There is no command "lst". Did you mean "list"?\n'],
    [['nonsense'], 'USAGE: There is no command "nonsense". "millrace --help" lists the commands.\n'],
    [['inbox', '--vieww', 'mine'], 'USAGE: No flag registered for --vieww, did you mean --view? "millrace inbox --help" shows how.\n'],
    [['instance', 'show'], 'USAGE: Expected argument for INSTANCE. "millrace instance show --help" shows how.\n'],
    [
      ['inbox', '--limit', '0'],
      'USAGE: Failed to parse "0" for limit: "0" is no whole number from 1 to 500. "millrace inbox --help" shows how.\n',
    ],
    [['start', '--payload', '/a'], 'USAGE: --payload means nothing when you start a server: name the WORKFLOW to start an instance of.\n'],
    [['start', 'review', '--port', '1'], 'USAGE: --port means nothing when you start an instance: leave WORKFLOW out to start a server.\n'],
    [['completion', 'tcsh'], 'USAGE: There is no completion for tcsh. Use bash, zsh or fish.\n'],
  ])('%j', async (argv, err) => expect(await millrace(...argv)).toEqual({ code: 2, out: '', err }))
})

test('help is --help, before a command too', async () => {
  expect(await millrace('help')).toEqual(await millrace('--help'))
  expect(await millrace('help', 'instance', 'list')).toEqual(await millrace('instance', 'list', '--help'))
})

test('without a server it says how to get one', async () => {
  expect(await millrace('inbox')).toEqual({
    code: 3,
    out: '',
    err: 'UNAUTHENTICATED: No server is known here. Start one with "millrace start", or sign in to one. Run "millrace login URL".\n',
  })
  expect(await millrace('inbox', '--url', 'http://127.0.0.1:1')).toMatchObject({
    code: 4,
    err: expect.stringMatching(/^UNREACHABLE: .*millrace start/),
  })
})

describe('completion', () => {
  test('proposes commands, verbs and flags from the commands themselves', async () => {
    const proposals = async (...argv: readonly string[]) =>
      (await millrace('__complete', ...argv)).out.split('\n').map((line) => line.split('\t')[0])
    expect(await proposals('in')).toEqual(['init', 'inbox', 'instance', 'incident', ''])
    expect(await proposals('instance', 'res')).toEqual(['resume', 'restart', ''])
    expect(await proposals('instance', 'restart', '--')).toEqual(expect.arrayContaining(['--from', '--data', '--as']))
    expect(await proposals('inbox', '--view', 'd')).toEqual(['done', ''])
  })

  test.each(['bash', 'zsh', 'fish'])('has a script for %s', async (shell) => {
    expect((await millrace('completion', shell)).out).toContain('__complete')
  })
})
