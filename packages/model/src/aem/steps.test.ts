/** What each kind of AEM step becomes, and what the report says about it. */
import { describe, expect, test } from 'vitest'
import { compileExpression } from '../expression/compile.ts'
import { declarationsOf } from '../expression/context.ts'
import { evaluateTemplate } from '../expression/template.ts'
import type { JsonValue, Node } from '../model.ts'
import { type AemImport, importAem } from './import.ts'
import { designPage, type Properties, participant, process, runtimePage, split, step } from './pair.fixture.ts'
import { printAemReport } from './report.ts'

function importSteps(flow: readonly string[], page: { readonly properties?: Properties; readonly variables?: string } = {}): AemImport {
  const imported = importAem(designPage('A model', flow, page), { file: 'a-model.design.xml' })
  if (imported.model === undefined) throw new Error(JSON.stringify(imported.problems))
  return imported
}

/** The node of the only step. */
function nodeOf(metaData: Properties): Node | undefined {
  return importSteps([step('x', 'X', metaData)]).model?.nodes.find(({ id }) => id === 'node1')
}

/** Where AEM's repository keeps people and groups. */
const HOME = '/home'

describe('participants', () => {
  test.each<[name: string, as: 'user' | 'group', assigned: string, isGuess: boolean]>([
    ['administrators', 'group', 'administrators', false],
    ['content-authors', 'group', 'content-authors', false],
    ['admin', 'user', 'admin', false],
    ['legal-team', 'group', 'legal-team', true],
    ['brand_reviewers', 'group', 'brand_reviewers', true],
    ['jane.doe', 'user', 'jane.doe', true],
    ['team@example.com', 'user', 'team@example.com', true],
    [`${HOME}/groups/d/dx`, 'group', 'dx', false],
    [`${HOME}/users/we-retail/jdoe`, 'user', 'jdoe', false],
  ])('%s is a %s', (name, as, assigned, isGuess) => {
    const { model, report } = importSteps([participant('x', 'X', name)])
    expect(model?.nodes[1]).toMatchObject({
      type: 'participant',
      assign: as === 'user' ? { kind: 'user', user: assigned } : { kind: 'group', group: assigned },
    })
    expect(report?.assignments).toMatchObject([{ node: 'node1', name, as, isGuess, file: 'a-model.design.xml' }])
  })

  test("AEM's own choosers are known; any other is a task that is to be bound", () => {
    const assign = (metaData: Properties): unknown => {
      const node = nodeOf(metaData)
      return node?.type === 'participant' ? node.assign : undefined
    }
    expect(assign({ DYNAMIC_PARTICIPANT: '/libs/workflow/scripts/initiator-participant-chooser.ecma' })).toEqual({ kind: 'initiator' })
    expect(assign({ DYNAMIC_PARTICIPANT: 'com.adobe.granite.workflow.core.process.InitiatorParticipantChooser' })).toEqual({
      kind: 'initiator',
    })
    expect(
      assign({ DYNAMIC_PARTICIPANT: 'com.day.cq.workflow.impl.process.RandomParticipantChooser', PROCESS_ARGS: 'jane, legal-team' }),
    ).toEqual({
      kind: 'candidates',
      users: ['jane'],
      groups: ['legal-team'],
    })
    expect(
      assign({ DYNAMIC_PARTICIPANT: 'com.example.InitiatorParticipantChooser', PROCESS_ARGS: 'a', team: 'b', DO_NOTIFY: 'true' }),
    ).toEqual({
      kind: 'task',
      task: 'aem:com.example.InitiatorParticipantChooser',
      with: { PROCESS_ARGS: 'a', team: 'b' },
    })
    const { unbound } = importSteps([step('x', 'X', { DYNAMIC_PARTICIPANT: 'com.example.Chooser' })])
    expect(unbound).toMatchObject([{ kind: 'chooser', name: 'com.example.Chooser', task: 'aem:com.example.Chooser', node: 'node1' }])
  })

  test('dialogs and forms are noted, not lost silently', () => {
    const { report } = importSteps([step('x', 'X', { PARTICIPANT: 'admin', DIALOG_PATH: '/apps/d', FORM_PATH: '/apps/f' })])
    expect(report?.notes.map(({ message }) => message).join()).toMatch(/dialog \/apps\/d.*form \/apps\/f/)
  })
})

describe('process steps', () => {
  test("a class, a script and a label are named tasks with the step's metadata as arguments", () => {
    expect(nodeOf({ PROCESS: 'com.example.Send', PROCESS_AUTO_ADVANCE: 'true', to: 'a@b.c', PROCESS_ARGS: 'x=1' })).toMatchObject({
      type: 'process',
      task: 'aem:com.example.Send',
      with: { to: 'a@b.c', PROCESS_ARGS: 'x=1' },
      autoAdvance: true,
      metadata: { PROCESS: 'com.example.Send', PROCESS_AUTO_ADVANCE: 'true', to: 'a@b.c', PROCESS_ARGS: 'x=1' },
    })
    const { unbound } = importSteps([step('a', 'A', { PROCESS: '/apps/x.ecma' }), step('b', 'B', { PROCESS: 'Activate Page' })])
    expect(unbound).toMatchObject([
      { kind: 'script', name: '/apps/x.ecma', task: 'aem:/apps/x.ecma' },
      { kind: 'java', name: 'Activate Page', task: 'aem:Activate Page' },
    ])
  })

  test('without auto-advance somebody or a callback has to advance it', () => {
    expect(nodeOf({ PROCESS: 'a.B' })).toMatchObject({ autoAdvance: false })
    expect(nodeOf({ PROCESS: 'a.B', PROCESS_AUTO_ADVANCE: 'false' })).toMatchObject({ autoAdvance: false })
  })

  test('arguments that look like expressions stay what they are', () => {
    const node = nodeOf({ PROCESS: 'a.B', text: `{{ payload }} it's`, plain: '${filename}' })
    const args = node?.type === 'process' ? (node.with ?? null) : null
    const context = { data: {}, payload: { path: '/x' }, initiator: 'ana', instance: { id: 'i', title: 't' }, nowMs: 0 }
    expect(evaluateTemplate(args, context)).toEqual({ text: `{{ payload }} it's`, plain: '${filename}' })
  })

  test('a title that looks like an expression is written apart', () => {
    const { model, report } = importSteps([participant('x', 'Check {{it}}', 'admin')])
    expect(model?.nodes[1]?.title).toBe('Check { {it}}')
    expect(report?.notes).toMatchObject([{ node: 'node1', message: expect.stringContaining('double braces') }])
  })

  test('what has an equivalent is mapped to it', () => {
    expect(nodeOf({ PROCESS: '/libs/workflow/scripts/noop.ecma', PROCESS_AUTO_ADVANCE: 'true' })).toMatchObject({ task: 'noop' })
    expect(nodeOf({ PROCESS: '/libs/workflow/scripts/urlcaller.ecma', PROCESS_ARGS: 'http://localhost:4502/my.jsp' })).toMatchObject({
      task: 'http.request',
      with: { method: 'GET', url: 'http://localhost:4502/my.jsp' },
    })
    const secret = importSteps([
      step('x', 'X', {
        PROCESS: '/libs/workflow/scripts/urlcaller.ecma',
        PROCESS_ARGS: 'http://localhost:4502/my.jsp, mylogin, mypassword',
      }),
    ])
    expect(secret.unbound).toMatchObject([{ kind: 'script' }])
    expect(secret.report?.notes).toMatchObject([{ node: 'node1', message: expect.stringContaining('secret') }])
  })

  test('an external process polls', () => {
    expect(
      nodeOf({ EXTERNAL_PROCESS: 'a.B', period: '30', timeout: '43200', advanceOnTimeout: 'true', noretry: 'true', model: 'm' }),
    ).toMatchObject({
      type: 'process',
      task: 'aem:a.B',
      with: { model: 'm' },
      autoAdvance: true,
      retry: { attempts: 1 },
      poll: { period: 'PT30S', timeout: 'PT12H', advanceOnTimeout: true },
    })
    expect(nodeOf({ EXTERNAL_PROCESS: 'a.B', period: 'soon' })).toMatchObject({ poll: { period: 'PT30S' } })
  })

  test('a container starts a model by the name of its file', () => {
    expect(nodeOf({ CONTAINER: '/etc/workflow/models/translate/jcr:content/model' })).toMatchObject({
      type: 'container',
      workflow: 'translate',
      version: 'latest',
    })
    expect(nodeOf({ CONTAINER: '/var/workflow/models/dam/translate' })).toMatchObject({ workflow: 'translate' })
  })

  test('a task step asks for its action, and later rules read the answer', () => {
    const task = {
      PROCESS: 'com.adobe.granite.taskmanagement.impl.workflow.TaskWorkflowProcess',
      PROCESS_AUTO_ADVANCE: 'false',
      argTaskName: 'Check {{it}}',
      argTaskPriority: 'High',
      argTaskDueDeltaDays: '3',
      argTaskOwner: 'legal-team',
    }
    const text = designPage('x', [
      step('t', 'T', { ...task, argActions: 'ACTIONS' }),
      split('or', [[process('a', 'A')], [process('b', 'B')]], {
        script1: `function check() { return workflowData.getMetaDataMap().get('lastTaskAction', '') == 'Approve'; }`,
      }),
    ]).replace('ACTIONS', '[Approve,Reject\\, please]')
    const { model, problems } = importAem(text, { file: 'x.xml' })
    if (model === undefined) throw new Error(JSON.stringify(problems))
    expect(model.nodes[1]).toMatchObject({
      type: 'participant',
      assign: { kind: 'group', group: 'legal-team' },
      itemTitle: 'Check { {it}}',
      priority: 75,
      due: 'P3D',
      form: { required: ['lastTaskAction'], properties: { lastTaskAction: { enum: ['Approve', 'Reject, please'] } } },
    })
    expect(model.data).toEqual({ lastTaskAction: { type: 'string' } })
    const rule = model.transitions.find((transition) => transition.rule !== undefined)?.rule
    expect(rule).toBe(`has(data.lastTaskAction) && data.lastTaskAction == 'Approve'`)
  })
})

describe('deadlines', () => {
  const auto = 'com.adobe.granite.workflow.console.timeout.autoadvance.AutoAdvancer'

  test.each([
    ['3600000', 'PT1H'],
    ['86400000', 'P1D'],
    ['90000', 'PT90S'],
    ['0', 'PT0S'],
  ])('an auto-advancer after %s ms takes the default way after %s', (timeoutMillis, after) => {
    expect(nodeOf({ PARTICIPANT: 'admin', timeoutHandler: auto, timeoutMillis })?.timeouts).toEqual([{ after, then: { kind: 'route' } }])
  })

  test('an absolute time waits for a date in the data, and for ever without one', () => {
    const { model } = importSteps([
      step('x', 'X', {
        PARTICIPANT: 'admin',
        timeoutHandler: auto.replace('AutoAdvancer', 'AbsoluteTimeAutoAdvancer'),
        timeoutMillis: '0',
      }),
    ])
    if (model === undefined) throw new Error('no model')
    const [timeout] = model.nodes[1]?.timeouts ?? []
    const date = compileExpression(timeout?.at ?? '', declarationsOf(model), 'date')
    expect(date.problems).toEqual([])
    const at = (data: { readonly [name: string]: JsonValue }): JsonValue =>
      date.evaluate({ data, payload: { path: '/x' }, initiator: 'ana', instance: { id: 'i', title: 't' }, nowMs: 0 })
    expect(at({ absoluteTime: '2031-05-01T08:00:00Z' })).toBe('2031-05-01T08:00:00.000Z')
    expect(at({})).toBe('9999-12-31T00:00:00.000Z')
    expect(timeout?.then).toEqual({ kind: 'route' })
  })

  test('another handler is a task that is to be bound', () => {
    const { model, unbound } = importSteps([
      step('x', 'X', { PARTICIPANT: 'admin', timeoutHandler: 'com.example.Escalate', timeoutMillis: '3600000', level: '2' }),
    ])
    expect(model?.nodes[1]?.timeouts).toEqual([
      { after: 'PT1H', then: { kind: 'run', task: 'aem:com.example.Escalate', with: { PARTICIPANT: 'admin', level: '2' } } },
    ])
    expect(unbound).toMatchObject([{ kind: 'timeout-handler', name: 'com.example.Escalate', task: 'aem:com.example.Escalate' }])
  })

  test('a step that goes on by itself has none, and the report says so', () => {
    const { model, report } = importSteps([
      step('x', 'X', { PROCESS: 'a.B', PROCESS_AUTO_ADVANCE: 'true', timeoutHandler: auto, timeoutMillis: '1000' }),
    ])
    expect(model?.nodes[1]?.timeouts).toBeUndefined()
    expect(report?.notes).toMatchObject([{ node: 'node1', message: expect.stringContaining('AutoAdvancer') }])
  })
})

describe('choices of people', () => {
  test('routes are named after the first steps, numbered where they are alike, and the default is the marked one', () => {
    const { model } = importSteps([
      participant('p', 'P', 'admin'),
      split(
        'or',
        [
          [split('or', [[process('a', 'Approve')], [process('b', 'Approve')]])],
          [process('c', 'Näher prüfen!')],
          [process('d', '承認')],
          [split('and', [[process('e', 'Print')], [process('f', 'Post')]])],
          [],
        ],
        { default2: 'true' },
      ),
    ])
    const routes = model?.transitions.filter(({ route }) => route !== undefined) ?? []
    expect(routes.map(({ from, to, route, default: isDefault }) => [from, to, route?.name, route?.label, isDefault ?? false])).toEqual([
      ['node1', 'node6', 'approve', 'Approve', false],
      ['node1', 'node7', 'approve-2', 'Approve (2)', false],
      ['node1', 'node8', 'naher-prufen', 'Näher prüfen!', true],
      ['node1', 'node9', 'route', '承認', false],
      ['node1', 'node10', 'print-post', 'Print + Post', false],
      ['node1', 'node3', 'branch-5', 'Branch 5', false],
    ])
  })

  test('a default that is itself a choice means its default, or its first', () => {
    const inner = (properties: Properties): string => split('or', [[process('a', 'A')], [process('b', 'B')]], properties)
    const defaults = (properties: Properties): readonly string[] =>
      importSteps([
        participant('p', 'P', 'admin'),
        split('or', [[process('c', 'C')], [inner(properties)]], { default2: 'true' }),
      ]).model?.transitions.flatMap((transition) => (transition.default === true ? [transition.route?.name ?? ''] : [])) ?? []
    expect(defaults({ default2: 'true' })).toEqual(['b'])
    expect(defaults({})).toEqual(['a'])
  })

  test('rules after a person decide by themselves, and the report says what AEM would do', () => {
    const script1 = `function check() { return workflowData.getMetaDataMap().get('a', '') == 'b'; }`
    const { model, report } = importSteps([
      participant('p', 'P', 'admin'),
      split('or', [[process('a', 'A')], [process('b', 'B')]], { script1 }),
    ])
    expect(model?.nodes.map(({ type }) => type)).toContain('or-split')
    expect(model?.transitions.some(({ route }) => route !== undefined)).toBe(false)
    expect(report?.notes.some(({ node, message }) => node === 'node2' && message.includes('a person comes before it'))).toBe(true)
  })

  test('of two default branches the first counts', () => {
    const scripts = { script1: '/apps/a.ecma', script2: '/apps/b.ecma', default1: 'true', default2: 'true' }
    const { model, report } = importSteps([split('or', [[process('a', 'A')], [process('b', 'B')]], scripts)])
    expect(model?.transitions.flatMap(({ to, default: isDefault }) => (isDefault === true ? [to] : []))).toEqual(['node3'])
    expect(report?.notes).toMatchObject([{ node: 'node1', message: expect.stringContaining('more than one default') }])
  })

  test('a goto that always jumps has no way on, and gets it back for AEM', () => {
    const back = step('g', 'G', { TARGET_NODE_PATH: '/x/jcr:content/flow/p', script: 'function check() { return true; }' })
    const { model } = importSteps([participant('p', 'P', 'admin'), split('or', [[process('a', 'A')], [process('b', 'B'), back]])])
    expect(model?.transitions.filter(({ from }) => from === 'node6')).toEqual([{ from: 'node6', to: 'node1' }])
    expect(model?.imported?.fallThroughs).toEqual({ node6: 'node3' })
  })

  test('a goto into a choice asks the person again', () => {
    const { model } = importSteps([
      participant('p', 'P', 'admin'),
      split('or', [[process('a', 'A')], [process('b', 'B')]]),
      step('g', 'G', { TARGET_NODE_PATH: '/x/jcr:content/flow/or', script: 'function check() { return false; }' }),
    ])
    expect(model?.transitions.filter(({ from }) => from === 'node6')).toEqual([
      { from: 'node6', to: 'node1', rule: 'false' },
      { from: 'node6', to: 'node7' },
    ])
  })
})

describe('variables', () => {
  const variables = `<variables jcr:primaryType="nt:unstructured">
    <a name="text" type="java.lang.String" defaultValue="x"/><b name="count" type="java.lang.Long" defaultValue="5"/>
    <c name="rate" type="java.lang.Double"/><d name="flag" type="java.lang.Boolean" defaultValue="true"/>
    <e name="when" type="java.util.Date"/><f name="list" type="java.util.ArrayList" subType="java.lang.Long"/>
    <g name="doc" type="com.adobe.aemfd.docmanager.Document" description="The form"/>
  </variables>`

  test('become declared data', () => {
    expect(importSteps([], { variables }).model?.data).toEqual({
      text: { type: 'string', default: 'x' },
      count: { type: 'integer', default: 5 },
      rate: { type: 'number' },
      flag: { type: 'boolean', default: true },
      when: { type: 'string', format: 'date-time' },
      list: { type: 'array', items: { type: 'integer' } },
      doc: { description: 'The form' },
    })
  })

  test('that rules read without declaring them are declared by how they are read', () => {
    const script1 = `function check() { return workflowData.getMetaDataMap().get('n', 0) > 3 && workflowData.getMetaDataMap().get('text', '') == 'y'; }`
    const { model, report } = importSteps([split('or', [[process('a', 'A')], [process('b', 'B')]], { script1 })], { variables })
    expect(model?.data.n).toEqual({ type: 'number' })
    expect(report?.notes.map(({ message }) => message)).toEqual([expect.stringContaining('data.n is used')])
  })
})

describe('the model', () => {
  test('a transient model with a goto is imported as an ordinary one', () => {
    const flow = [
      process('a', 'A'),
      step('g', 'G', { TARGET_NODE_PATH: '/x/jcr:content/flow/a', script: 'function check() { return false; }' }),
    ]
    expect(importSteps([process('a', 'A')], { properties: { transient: 'true' } }).model?.transient).toBe(true)
    expect(importSteps(flow, { properties: { transient: 'true' } }).model?.transient).toBeUndefined()
  })

  test.each([
    ['/x/conf/global/settings/workflow/models/approve-it/.content.xml', 'approve-it'],
    ['C:\\x\\Approve It.xml', 'approve-it'],
    ['var/workflow/models/dam/update_asset.xml', 'update_asset'],
    ['models/approve/_jcr_content/model.xml', 'approve'],
    ['adobe__archetype17__dam__update_asset.design.xml', 'update_asset'],
    ['runtime.xml', 'a-model'],
    ['承認.xml', 'a-model'],
    ['123.xml', 'a-model'],
  ])('in %s has the id %s', (file, id) => {
    expect(importAem(designPage('A model', []), { file }).model?.id).toBe(id)
  })

  test('from the REST API is the same as from the file', () => {
    const fromXml = importAem(
      runtimePage(
        'A model',
        [
          ['START', 'Start'],
          ['PROCESS', 'A', { PROCESS: 'a.B', PROCESS_AUTO_ADVANCE: 'true' }],
          ['END', 'End'],
        ],
        [
          [0, 1, ''],
          [1, 2],
        ],
      ),
      { file: 'a-model.xml' },
    )
    const json = {
      id: '/var/workflow/models/a-model',
      title: 'A model',
      version: '1.2',
      description: 'No Description',
      metaData: {},
      nodes: [
        { id: 'node0', type: 'START', title: 'Start', description: '', metaData: {} },
        { id: 'node1', type: 'PROCESS', title: 'A', metaData: { PROCESS: 'a.B', PROCESS_AUTO_ADVANCE: 'true' } },
        { id: 'node2', type: 'END', title: 'End', metaData: {} },
      ],
      transitions: [
        { from: 'node0', to: 'node1', metaData: {} },
        { from: 'node1', to: 'node2', rule: '', metaData: {} },
      ],
    }
    const fromJson = importAem(`\ufeff${JSON.stringify(json, null, 2)}`, { file: 'answer.json' })
    const { imported, ...model } = fromJson.model ?? {}
    const { imported: other, ...expected } = fromXml.model ?? {}
    expect(model).toEqual(expected)
    expect([imported?.from, other?.from]).toEqual(['aem-json', 'aem-runtime'])
    expect(fromJson.unbound).toMatchObject([{ line: 16, node: 'node1', kind: 'java', name: 'a.B' }])
  })

  test('has a report of one line for everything, in the order of the file', () => {
    const { report } = importSteps([
      participant('p', 'P', 'legal-team'),
      split('or', [[process('a', 'A')], [process('b', 'B')]], { script1: 'function check() { return sling.x(); }' }),
    ])
    expect(report === undefined ? '' : printAemReport(report)).toMatchInlineSnapshot(`
      "a-model.design.xml:5:158 node1 participant legal-team: taken for a group
      a-model.design.xml:6:1 node2 its rules decide, though a person comes before it: AEM shows that person the branches whose rules are true
      a-model.design.xml:6:140 node2 rule ECMA script: check this rule, it stays JavaScript
      a-model.design.xml:6:432 node4 java com.example.a: bind task aem:com.example.a
      a-model.design.xml:7:244 node5 java com.example.b: bind task aem:com.example.b
      "
    `)
  })
})
