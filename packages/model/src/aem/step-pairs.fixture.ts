/** Steps of every kind, one after the other, and gotos. */
import { participant, process, split, step } from './pair.fixture.ts'
import { CHECK_APPROVED, GOTO, type Pair, run } from './pair-parts.fixture.ts'

export const STEP_PAIRS: readonly Pair[] = [
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
