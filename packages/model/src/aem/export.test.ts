import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkModel } from '../check-model.ts'
import type { Model, Node, Transition } from '../model.ts'
import { checkSoundness } from '../soundness/check-soundness.ts'
import { parseModel } from '../text/parse-model.ts'
import { printModel } from '../text/print-model.ts'
import { importAem } from './import.ts'
import { designPage, participant, process, split, step } from './pair.fixture.ts'
import { compareAemRuntime } from './runtime/compare.ts'
import { exportAem } from './runtime/export.ts'
import { parseAemRuntime } from './runtime/parse.ts'
import { printAemRuntime } from './runtime/print.ts'
import type { AemRuntime } from './runtime/runtime.ts'
import { toAemRuntime } from './runtime/to-runtime.ts'

function modelOf(text: string): Model {
  const { model, problems } = parseModel(text)
  if (model === undefined) throw new Error(JSON.stringify(problems))
  return model
}

function imported(flow: readonly string[]): Model {
  const { model, problems } = importAem(designPage('A model', flow), { file: 'a-model.xml' })
  if (model === undefined) throw new Error(JSON.stringify(problems))
  return model
}

function changed(model: Model, id: string, change: Partial<Node>): Model {
  return { ...model, nodes: model.nodes.map((node) => (node.id === id ? ({ ...node, ...change } as Node) : node)) }
}

const summary = ({ nodes, transitions }: AemRuntime): readonly string[] => [
  ...nodes.map(({ id, type, metaData }) =>
    `${id} ${type} ${Object.entries(metaData)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' ')}`.trim(),
  ),
  ...transitions.map(({ from, to, rule = '', metaData }) => `${from}>${to} ${rule} ${String(metaData.isDefault ?? '')}`.trim()),
]

describe('a model made here', () => {
  const model = modelOf(`
id: publish-page
title: Publish a page
payload: path
data: { status: { type: string, default: new }, amount: { type: number } }
nodes:
  - { id: review, type: participant, assign: "group:editors", routes: { approve: { to: check, default: true }, reject: rework }, timeout: { after: PT1H, then: route } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: check, type: or-split, branches: [{ when: "data.amount > 100", to: ask }, { default: true, to: both }] }
  - { id: ask, type: participant, assign: { task: "aem:com.example.Chooser", with: { team: a } }, next: joined }
  - { id: both, type: and-split, branches: [call, sub] }
  - { id: call, type: process, task: http.request, with: { url: "http://x", tries: 3 }, poll: { period: PT10S, timeout: PT1H, advanceOnTimeout: true }, next: met }
  - { id: sub, type: container, workflow: translate, next: met }
  - { id: met, type: and-join, next: joined }
  - { id: joined, type: or-join, next: rest }
  - { id: rest, type: wait, for: PT5M, next: end }
`)

  test('becomes a runtime model with what AEM has words for', () => {
    expect(summary(toAemRuntime(model))).toMatchInlineSnapshot(`
      [
        "start START",
        "review PARTICIPANT PARTICIPANT=editors timeoutHandler=com.adobe.granite.workflow.console.timeout.autoadvance.AutoAdvancer timeoutMillis=3600000",
        "node12 OR_SPLIT",
        "rework DYNAMIC_PARTICIPANT DYNAMIC_PARTICIPANT=/libs/workflow/scripts/initiator-participant-chooser.ecma PROCESS_AUTO_ADVANCE=true",
        "check OR_SPLIT",
        "ask DYNAMIC_PARTICIPANT DYNAMIC_PARTICIPANT=com.example.Chooser team=a",
        "both AND_SPLIT",
        "call EXTERNAL_PROCESS url=http://x tries={Long}3 EXTERNAL_PROCESS=http.request PROCESS_AUTO_ADVANCE=true period=10 timeout=3600 advanceOnTimeout=true",
        "sub CONTAINER CONTAINER=/var/workflow/models/translate",
        "met AND_JOIN",
        "joined OR_JOIN",
        "rest PROCESS PROCESS=millrace.wait PROCESS_AUTO_ADVANCE=false",
        "end END",
        "start>review",
        "review>node12",
        "node12>check  true",
        "check>ask function check() { throw "Write this CEL rule in ECMAScript: data.amount > 100"; } false",
        "ask>joined",
        "check>both  true",
        "both>call",
        "call>met",
        "both>sub",
        "sub>met",
        "met>joined",
        "joined>rest",
        "rest>end",
        "node12>rework  false",
        "rework>review",
      ]
    `)
    expect(toAemRuntime(model).variables).toEqual({
      status: { name: 'status', type: 'java.lang.String', defaultValue: 'new' },
      amount: { name: 'amount', type: 'java.lang.Double' },
    })
  })

  test('with a warning for everything else', () => {
    const { problems, xml } = exportAem(model)
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual(problems.map(() => ['AEM_EXPORT_LOSS', 'warning']))
    expect(problems.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "Node call runs task http.request: write a workflow process of that name in AEM.",
        "Node rest is a wait, which AEM does not have: it becomes a step that somebody has to advance.",
        "Node check has the CEL rule data.amount > 100: write it in ECMAScript.",
      ]
    `)
    expect(parseAemRuntime(xml).runtime).toEqual(toAemRuntime(model))
  })

  test('can be imported again as the same graph', () => {
    const again = importAem(exportAem(model).xml, { file: 'publish-page.xml' })
    expect(again.problems).toEqual([])
    const routes = (transitions: readonly Transition[]): number => transitions.filter(({ route }) => route !== undefined).length
    expect(routes(again.model?.transitions ?? [])).toBe(routes(model.transitions))
    expect(again.model?.transitions.length).toBe(model.transitions.length)
  })
})

describe('an imported model that was changed', () => {
  const script1 = `function check() { return workflowData.getMetaDataMap().get('a', '') == 'b'; }`
  const model = imported([
    participant('p', 'P', 'editors'),
    split('or', [[process('a', 'A')], [process('b', 'B')]]),
    split('or', [[process('c', 'C')], [process('d', 'D')]], { script1, default2: 'true' }),
    step('g', 'G', { TARGET_NODE_PATH: '/x/jcr:content/flow/p', script: script1, note: 'kept' }),
  ])
  const before = summary(toAemRuntime(model))
  const changes = (next: Model): { readonly gone: readonly string[]; readonly come: readonly string[] } => {
    const after = summary(toAemRuntime(next))
    return { gone: before.filter((line) => !after.includes(line)), come: after.filter((line) => !before.includes(line)) }
  }

  test('gives the rest back as it was', () => {
    expect(changes(changed(model, 'node1', { assign: { kind: 'user', user: 'jane' } }))).toEqual({
      gone: ['node1 PARTICIPANT PARTICIPANT=editors'],
      come: ['node1 PARTICIPANT PARTICIPANT=jane'],
    })
    expect(changes(changed(model, 'node4', { task: 'noop' }))).toEqual({
      gone: ['node4 PROCESS PROCESS=com.example.a PROCESS_AUTO_ADVANCE=true'],
      come: ['node4 PROCESS PROCESS=/libs/workflow/scripts/noop.ecma PROCESS_AUTO_ADVANCE=true'],
    })
  })

  test('has the new rule of a branch and of a goto, not the old script', () => {
    const withRule = (from: string, rule: Transition['rule']): Model => ({
      ...model,
      transitions: model.transitions.map((transition) =>
        transition.from === from && transition.rule !== undefined && rule !== undefined ? { ...transition, rule } : transition,
      ),
    })
    const js = 'function check() { return 1; }'
    expect(changes(withRule('node6', { js }))).toEqual({ gone: [`node6>node8 ${script1} false`], come: [`node6>node8 ${js} false`] })
    expect(changes(withRule('node10', 'false')).come).toEqual([expect.stringContaining('script=function check() { return false; }')])
    expect(exportAem(withRule('node6', 'data.a == "c"')).problems).toMatchObject([
      { node: 'node6', message: expect.stringContaining('data.a == "c"') },
    ])
  })

  test('has the new target of a goto', () => {
    const transitions = model.transitions.map((transition) =>
      transition.from === 'node10' && transition.to === 'node1' ? { ...transition, to: 'node6' } : transition,
    )
    expect(changes({ ...model, transitions }).come).toEqual([expect.stringMatching(/^node10 PROCESS .*note=kept TARGET_NODE_ID=node6$/)])
  })

  test('gets a split of its own when its routes were changed', () => {
    const extra: Transition = { from: 'node1', to: 'node6', route: { name: 'skip' } }
    const { come } = changes({ ...model, transitions: [...model.transitions, extra] })
    expect(come).toEqual(['node12 OR_SPLIT', 'node1>node12', 'node12>node4  false', 'node12>node5  false', 'node12>node6  false'])
  })

  test('loses and gains what is said of the whole model', () => {
    const { tags: _, ...rest } = { ...model, tags: ['a'] }
    expect(toAemRuntime({ ...rest, transient: true, multiResource: true }).metaData).toEqual({
      transient: 'true',
      multiResourceSupport: 'true',
    })
    expect(toAemRuntime({ ...model, tags: ['a', 'b'], title: 'New', description: 'Words' })).toMatchObject({
      title: 'New',
      description: 'Words',
      metaData: { tags: 'a,b' },
    })
  })
})

describe('any nest of splits', () => {
  interface Names {
    readonly step: string
    readonly title: string
  }
  const names: fc.Arbitrary<Names> = fc.record({
    step: fc.constantFrom('a', 'b', 'c'),
    title: fc.string({ minLength: 1, maxLength: 8 }).filter((title) => !title.includes('{{')),
  })
  const rules = fc.constantFrom(
    '',
    '',
    'function check() { return true; }',
    `function check() { return workflowData.getMetaDataMap().get('x','') == "y" && 1 < 2; }`,
    '/apps/x.ecma',
    'function check() { return sling; }',
  )
  const { flow } = fc.letrec<{ flow: readonly string[]; element: string }>((tie) => ({
    flow: fc.array(tie('element'), { minLength: 1, maxLength: 3 }),
    element: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 3, arbitrary: names.map(({ step: name, title }) => process(name, title)) },
      { weight: 2, arbitrary: names.map(({ step: name, title }) => participant(name, title, 'editors')) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            fc.constantFrom('or' as const, 'or' as const, 'and' as const),
            fc.array(tie('flow'), { minLength: 2, maxLength: 3 }),
            fc.array(rules, { minLength: 3, maxLength: 3 }),
            fc.nat(4),
          )
          .map(([kind, branches, scripts, marked]) =>
            split(kind, branches, {
              ...Object.fromEntries(
                kind === 'or' ? branches.flatMap((_, i) => (scripts[i] === '' ? [] : [[`script${i + 1}`, scripts[i] ?? '']])) : [],
              ),
              ...(kind === 'or' && marked < branches.length ? { [`default${marked + 1}`]: 'true' } : {}),
            }),
          ),
      },
    ),
  }))

  test('is sound, comes back as AEM would sync it, and survives our text and the exported file', () => {
    fc.assert(
      fc.property(flow, (elements) => {
        const text = designPage('Any', elements)
        const { runtime } = parseAemRuntime(text)
        const { model, problems } = importAem(text, { file: 'any.xml' })
        if (runtime === undefined || model === undefined) throw new Error(JSON.stringify(problems))
        expect(checkSoundness(model).verdict).toBe('sound')
        expect(compareAemRuntime(toAemRuntime(model), runtime).filter(({ isFree }) => !isFree)).toEqual([])
        expect(toAemRuntime(modelOf(printModel(model)))).toEqual(toAemRuntime(model))
        expect(checkModel(printModel(model)).problems.filter(({ severity }) => severity === 'error')).toEqual([])
        const { imported: _, ...twin } = importAem(printAemRuntime(runtime), { file: 'any.xml' }).model ?? {}
        const { imported: __, ...rest } = model
        expect(twin).toEqual(rest)
      }),
      { numRuns: 100 },
    )
  })
})
