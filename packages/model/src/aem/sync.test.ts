/**
 * Sync of a design gives the runtime model, and both forms give one model. The pairs are written by hand from the grammar, one per
 * construct; `real-models.test.ts` has those of real projects.
 */
import { describe, expect, test } from 'vitest'
import { checkSoundness } from '../soundness/check-soundness.ts'
import { parseModel } from '../text/parse-model.ts'
import { printModel } from '../text/print-model.ts'
import { importAem } from './import.ts'
import {
  designPage,
  type Properties,
  participant,
  process,
  runtimePage,
  split,
  step,
  type WrittenNode,
  type WrittenTransition,
} from './pair.fixture.ts'
import { compareAemRuntime } from './runtime/compare.ts'
import { exportAem } from './runtime/export.ts'
import { parseAemRuntime } from './runtime/parse.ts'
import { toAemRuntime } from './runtime/to-runtime.ts'

interface Pair {
  readonly name: string
  readonly flow: readonly string[]
  readonly nodes: readonly WrittenNode[]
  readonly transitions: readonly WrittenTransition[]
  readonly properties?: Properties
  readonly metaData?: Properties
  readonly variables?: string
  /** Entries that only one form has, by node. */
  readonly onlyInDesign?: readonly string[]
}

const CHECK_APPROVED = "function check() {\r\n\treturn workflowData.getMetaDataMap().get('status', '') == 'approved' && 1 < 2;\r\n}"
const CHECK_FOREIGN = 'function check() { return sling.getRequest() != null; }'
const CHECK_TRUE = 'function check() { return true; }'
const DEFINITION = JSON.stringify({
  nodeName: 'ROOT',
  items: [
    {
      nodeName: 'STATEMENT',
      choice: {
        nodeName: 'CONDITION',
        choice: {
          nodeName: 'COMPARISON_EXPRESSION',
          items: [
            {
              nodeName: 'EXPRESSION',
              choice: { nodeName: 'COMPONENT', value: { name: 'amount', type: 'NUMBER', displayPath: 'workflow_variables/amount/' } },
            },
            { nodeName: 'OPERATOR', choice: { nodeName: 'GREATER_THAN', value: null } },
            { nodeName: 'EXPRESSION', choice: { nodeName: 'NUMERIC_LITERAL', value: '100' } },
          ],
        },
        nested: false,
      },
    },
  ],
  isValid: true,
  enabled: true,
  version: 1,
})
const GOTO = 'com.adobe.granite.workflow.core.process.GotoProcess'
const run = (name: string): Properties => ({ PROCESS: `com.example.${name}`, PROCESS_AUTO_ADVANCE: 'true' })

const pairs: readonly Pair[] = [
  {
    name: 'steps one after the other',
    flow: [process('a', 'First'), process('b', 'Second')],
    nodes: [
      ['START', 'Start'],
      ['PROCESS', 'First', run('a')],
      ['PROCESS', 'Second', run('b')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2, ''],
      [2, 3],
    ],
  },
  {
    name: 'an empty flow',
    flow: [],
    nodes: [
      ['START', 'Start'],
      ['END', 'End'],
    ],
    transitions: [[0, 1]],
  },
  {
    name: 'an AND split of three branches of different length',
    flow: [
      split('and', [[process('a', 'A')], [process('b', 'B'), process('c', 'C')], [participant('d', 'D', 'authors')]]),
      process('e', 'E'),
    ],
    nodes: [
      ['START', 'Start'],
      ['AND_SPLIT', 'AND_SPLIT'],
      ['AND_JOIN', 'AND_JOIN'],
      ['PROCESS', 'A', run('a')],
      ['PROCESS', 'B', run('b')],
      ['PROCESS', 'C', run('c')],
      ['PARTICIPANT', 'D', { PARTICIPANT: 'authors' }],
      ['PROCESS', 'E', run('e')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1],
      [1, 3, ''],
      [3, 2],
      [1, 4, ''],
      [4, 5, ''],
      [5, 2],
      [1, 6, ''],
      [6, 2],
      [2, 7, ''],
      [7, 8],
    ],
  },
  {
    name: 'an OR split decided by rules, with a trailing branch without one',
    flow: [
      split('or', [[process('a', 'A')], [process('b', 'B')], [process('c', 'C')]], {
        script1: CHECK_APPROVED,
        script2: CHECK_FOREIGN,
        branchName3: 'else',
      }),
    ],
    nodes: [
      ['START', 'Start'],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'A', run('a')],
      ['PROCESS', 'B', run('b')],
      ['PROCESS', 'C', run('c')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1],
      [1, 3, CHECK_APPROVED, false],
      [3, 2],
      [1, 4, CHECK_FOREIGN, false],
      [4, 2],
      [1, 5, '', false],
      [5, 2],
      [2, 6],
    ],
  },
  {
    name: 'the three kinds of rules, the default branch first',
    flow: [
      split('or', [[process('a', 'A')], [process('b', 'B')], [process('c', 'C')]], {
        default1: 'true',
        scriptPath1: '/apps/example/rules/first.ecma',
        expression2: DEFINITION,
        script3: CHECK_TRUE,
      }),
    ],
    variables:
      '<variables jcr:primaryType="nt:unstructured"><amount jcr:primaryType="nt:unstructured" name="amount" type="java.lang.Long" defaultValue="5"/></variables>',
    nodes: [
      ['START', 'Start'],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'A', run('a')],
      ['PROCESS', 'B', run('b')],
      ['PROCESS', 'C', run('c')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1],
      [1, 3, '/apps/example/rules/first.ecma', true],
      [3, 2],
      [1, 4, DEFINITION, false],
      [4, 2],
      [1, 5, CHECK_TRUE, false],
      [5, 2],
      [2, 6],
    ],
  },
  {
    name: 'an OR split inside an AND split inside an OR split',
    flow: [
      split(
        'or',
        [
          [
            process('a', 'A'),
            split('and', [[split('or', [[process('b', 'B')], [process('c', 'C')]], { script1: CHECK_APPROVED })], [process('d', 'D')]]),
          ],
          [process('e', 'E')],
        ],
        {
          script1: CHECK_APPROVED,
          default2: 'true',
        },
      ),
      process('f', 'F'),
    ],
    nodes: [
      ['START', 'Start'],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'A', run('a')],
      ['AND_SPLIT', 'AND_SPLIT'],
      ['AND_JOIN', 'AND_JOIN'],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'B', run('b')],
      ['PROCESS', 'C', run('c')],
      ['PROCESS', 'D', run('d')],
      ['PROCESS', 'E', run('e')],
      ['PROCESS', 'F', run('f')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1],
      [1, 3, CHECK_APPROVED, false],
      [3, 4],
      [4, 6],
      [6, 8, CHECK_APPROVED, false],
      [8, 7],
      [6, 9, '', false],
      [9, 7],
      [7, 5],
      [4, 10, ''],
      [10, 5],
      [5, 2],
      [1, 11, '', true],
      [11, 2],
      [2, 12, ''],
      [12, 13],
    ],
  },
  {
    name: 'a choice of a person between two branches',
    flow: [
      participant('review', 'Review', 'content-authors'),
      split('or', [[process('publish', 'Approve')], [process('noop', 'Reject'), process('mail', 'Tell')]], { default1: 'true' }),
    ],
    nodes: [
      ['START', 'Start'],
      ['PARTICIPANT', 'Review', { PARTICIPANT: 'content-authors' }],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'Approve', run('publish')],
      ['PROCESS', 'Reject', run('noop')],
      ['PROCESS', 'Tell', run('mail')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2],
      [2, 4, '', true],
      [4, 3],
      [2, 5, '', false],
      [5, 6, ''],
      [6, 3],
      [3, 7],
    ],
  },
  {
    name: 'a choice of three made of two splits, constant rules and a step after it',
    flow: [
      participant('review', 'Review', 'content-authors'),
      split(
        'or',
        [
          [
            split('or', [[process('a', 'Approve')], [process('b', 'Approve')]], {
              script1: CHECK_TRUE,
              script2: CHECK_TRUE,
              default2: 'true',
            }),
          ],
          [process('c', 'Reject')],
        ],
        { default1: 'true' },
      ),
      process('d', 'D'),
    ],
    nodes: [
      ['START', 'Start'],
      ['PARTICIPANT', 'Review', { PARTICIPANT: 'content-authors' }],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'Approve', run('a')],
      ['PROCESS', 'Approve', run('b')],
      ['PROCESS', 'Reject', run('c')],
      ['PROCESS', 'D', run('d')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2],
      [2, 4, '', true],
      [4, 6, CHECK_TRUE, false],
      [6, 5],
      [4, 7, CHECK_TRUE, true],
      [7, 5],
      [5, 3],
      [2, 8, '', false],
      [8, 3],
      [3, 9, ''],
      [9, 10],
    ],
  },
  {
    name: 'a choice whose second branch is a choice, then another choice',
    flow: [
      participant('one', 'One', 'content-authors'),
      split('or', [
        [process('a', 'A')],
        [
          split('or', [
            [process('b', 'B')],
            [participant('two', 'Two', 'dam-users'), split('or', [[process('c', 'C')], [process('d', 'D')]])],
          ]),
        ],
      ]),
    ],
    nodes: [
      ['START', 'Start'],
      ['PARTICIPANT', 'One', { PARTICIPANT: 'content-authors' }],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'A', run('a')],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'B', run('b')],
      ['PARTICIPANT', 'Two', { PARTICIPANT: 'dam-users' }],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'C', run('c')],
      ['PROCESS', 'D', run('d')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2],
      [2, 4, '', false],
      [4, 3],
      [2, 5, '', false],
      [5, 7, '', false],
      [7, 6],
      [5, 8, '', false],
      [8, 9],
      [9, 11, '', false],
      [11, 10],
      [9, 12, '', false],
      [12, 10],
      [10, 6],
      [6, 3],
      [3, 13],
    ],
  },
  {
    name: 'a goto back to a participant with a rule',
    flow: [
      participant('review', 'Review', 'content-authors'),
      step(
        'again',
        'Again?',
        { TARGET_NODE_PATH: '/conf/global/settings/workflow/models/x/jcr:content/flow/review', script: CHECK_APPROVED },
        { resourceType: 'cq/workflow/components/model/goto' },
      ),
      process('done', 'Done'),
    ],
    nodes: [
      ['START', 'Start'],
      ['PARTICIPANT', 'Review', { PARTICIPANT: 'content-authors' }],
      ['PROCESS', 'Again?', { PROCESS: GOTO, PROCESS_AUTO_ADVANCE: 'false', TARGET_NODE_ID: 'node1', script: CHECK_APPROVED }],
      ['PROCESS', 'Done', run('done')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2, ''],
      [2, 3, ''],
      [3, 4],
    ],
    onlyInDesign: ['node2/TARGET_NODE_PATH'],
  },
  {
    name: 'a goto out of a branch of a choice, to before it',
    flow: [
      process('prepare', 'Prepare'),
      participant('review', 'Review', 'content-authors'),
      split('or', [
        [process('publish', 'Approve')],
        [
          process('tell', 'Reject'),
          step('back', 'Back', {
            PROCESS: GOTO,
            PROCESS_AUTO_ADVANCE: 'false',
            TARGET_NODE_PATH: '/x/jcr:content/flow/prepare',
            script: CHECK_TRUE,
          }),
        ],
      ]),
    ],
    nodes: [
      ['START', 'Start'],
      ['PROCESS', 'Prepare', run('prepare')],
      ['PARTICIPANT', 'Review', { PARTICIPANT: 'content-authors' }],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'Approve', run('publish')],
      ['PROCESS', 'Reject', run('tell')],
      ['PROCESS', 'Back', { PROCESS: GOTO, PROCESS_AUTO_ADVANCE: 'false', TARGET_NODE_ID: 'node1', script: CHECK_TRUE }],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2, ''],
      [2, 3],
      [3, 5, '', false],
      [5, 4],
      [3, 6, '', false],
      [6, 7, ''],
      [7, 4],
      [4, 8],
    ],
    onlyInDesign: ['node7/TARGET_NODE_PATH'],
  },
  {
    name: 'a container',
    flow: [
      step('sub', 'Translate', { CONTAINER: '/var/workflow/models/translate' }, { resourceType: 'cq/workflow/components/model/container' }),
    ],
    nodes: [
      ['START', 'Start'],
      ['CONTAINER', 'Translate', { CONTAINER: '/var/workflow/models/translate' }],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2],
    ],
  },
  {
    name: 'dynamic participants, before a choice too; Sync adds auto-advance to the first',
    flow: [
      step('one', 'One', { DYNAMIC_PARTICIPANT: 'com.example.Chooser', PROCESS_ARGS: 'a,b' }),
      step('two', 'Two', {
        DYNAMIC_PARTICIPANT: '/libs/workflow/scripts/initiator-participant-chooser.ecma',
        PROCESS_AUTO_ADVANCE: 'true',
      }),
      split('or', [[process('a', 'Yes')], [process('b', 'No')]]),
    ],
    nodes: [
      ['START', 'Start'],
      ['DYNAMIC_PARTICIPANT', 'One', { DYNAMIC_PARTICIPANT: 'com.example.Chooser', PROCESS_ARGS: 'a,b', PROCESS_AUTO_ADVANCE: 'true' }],
      [
        'DYNAMIC_PARTICIPANT',
        'Two',
        { DYNAMIC_PARTICIPANT: '/libs/workflow/scripts/initiator-participant-chooser.ecma', PROCESS_AUTO_ADVANCE: 'true' },
      ],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'Yes', run('a')],
      ['PROCESS', 'No', run('b')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2, ''],
      [2, 3],
      [3, 5, '', false],
      [5, 4],
      [3, 6, '', false],
      [6, 4],
      [4, 7],
    ],
    onlyInDesign: ['node1/PROCESS_AUTO_ADVANCE'],
  },
  {
    name: 'an external process and a step that somebody advances',
    flow: [
      step(
        'ext',
        'Encode',
        { EXTERNAL_PROCESS: 'com.example.Encode', period: '30', timeout: '3600', advanceOnTimeout: 'true', PROCESS_AUTO_ADVANCE: 'true' },
        { resourceType: 'dam/components/scene7/scene7upload' },
      ),
      step('hold', 'Hold', {
        PROCESS: '/apps/example/hold.ecma',
        timeoutHandler: 'com.day.cq.workflow.timeout.autoadvance.AutoAdvancer',
        timeoutMillis: '21600000',
      }),
    ],
    nodes: [
      ['START', 'Start'],
      [
        'EXTERNAL_PROCESS',
        'Encode',
        { EXTERNAL_PROCESS: 'com.example.Encode', period: '30', timeout: '3600', advanceOnTimeout: 'true', PROCESS_AUTO_ADVANCE: 'true' },
      ],
      [
        'PROCESS',
        'Hold',
        {
          PROCESS: '/apps/example/hold.ecma',
          timeoutHandler: 'com.day.cq.workflow.timeout.autoadvance.AutoAdvancer',
          timeoutMillis: '21600000',
        },
      ],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2, ''],
      [2, 3],
    ],
  },
  {
    name: 'a split that neither a rule nor a person decides',
    flow: [process('a', 'A'), split('or', [[process('b', 'B')], [process('c', 'C')]], { default2: 'true' })],
    nodes: [
      ['START', 'Start'],
      ['PROCESS', 'A', run('a')],
      ['OR_SPLIT', 'OR_SPLIT'],
      ['OR_JOIN', 'OR_JOIN'],
      ['PROCESS', 'B', run('b')],
      ['PROCESS', 'C', run('c')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2],
      [2, 4, '', false],
      [4, 3],
      [2, 5, '', true],
      [5, 3],
      [3, 6],
    ],
  },
  {
    name: 'tags, transience and packages of resources',
    flow: [process('a', 'A')],
    properties: {
      'cq:tags': 'workflow:dam/image',
      transient: 'true',
      multiResourceSupport: 'true',
      lastSynced: '2024',
      'cq:designPath': '/x',
    },
    nodes: [
      ['START', 'Start'],
      ['PROCESS', 'A', run('a')],
      ['END', 'End'],
    ],
    transitions: [
      [0, 1, ''],
      [1, 2],
    ],
    metaData: { tags: 'dam.image', transient: 'true', multiResourceSupport: 'true', 'cq:generatingPage': '/conf/x/jcr:content' },
  },
]

describe.each(pairs)('$name', ({ flow, nodes, transitions, properties = {}, metaData = {}, variables = '', onlyInDesign = [] }) => {
  const design = designPage('A model', flow, { properties, variables })
  const runtimeText = runtimePage('A model', nodes, transitions, { metaData, variables })
  const fromDesign = importAem(design, { file: 'a-model.design.xml' })
  const fromRuntime = importAem(runtimeText, { file: 'a-model.runtime.xml' })
  const { runtime } = parseAemRuntime(runtimeText)
  const model = fromDesign.model
  if (model === undefined || runtime === undefined) throw new Error(JSON.stringify([...fromDesign.problems, ...fromRuntime.problems]))

  test('the design becomes the runtime model', () => {
    expect(compareAemRuntime(toAemRuntime(model), runtime).filter(({ isFree }) => !isFree)).toEqual([])
  })

  test('both forms give one model', () => {
    const { imported, ...rest } = model
    const { imported: other, ...expected } = fromRuntime.model ?? {}
    expect(withoutEntries(rest, onlyInDesign)).toEqual(withoutEntries(expected, onlyInDesign))
    expect(imported?.rules).toEqual(other?.rules)
    expect(imported?.choices).toEqual(other?.choices)
    expect(imported?.variables).toEqual(other?.variables)
  })

  test('the model is sound', () => {
    expect(checkSoundness(model).verdict).toBe('sound')
  })

  test('nothing is lost on the way through our own text and through the exported file', () => {
    const { model: again, problems } = parseModel(printModel(model))
    expect(problems).toEqual([])
    expect(again === undefined ? undefined : compareAemRuntime(toAemRuntime(again), toAemRuntime(model))).toEqual([])
    const exported = exportAem(model)
    expect(exported.problems).toEqual([])
    expect(parseAemRuntime(exported.xml).runtime).toEqual(toAemRuntime(model))
  })
})

/** A model without what only one of the forms has: a free difference of Sync. */
function withoutEntries(model: object, entries: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(model), function strip(this: { readonly id?: string }, key: string, value: unknown): unknown {
    if (key !== 'metadata' || typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).filter(([name]) => !entries.includes(`${this.id}/${name}`)))
  })
}
