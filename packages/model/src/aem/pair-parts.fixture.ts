/** What a hand-written pair is, and scripts that several use. */
import type { Properties, WrittenNode, WrittenTransition } from './pair.fixture.ts'

export interface Pair {
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

export const CHECK_APPROVED = "function check() {\r\n\treturn workflowData.getMetaDataMap().get('status', '') == 'approved' && 1 < 2;\r\n}"
export const CHECK_FOREIGN = 'function check() { return sling.getRequest() != null; }'
export const CHECK_TRUE = 'function check() { return true; }'
export const DEFINITION = JSON.stringify({
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
export const GOTO = 'com.adobe.granite.workflow.core.process.GotoProcess'
export const run = (name: string): Properties => ({ PROCESS: `com.example.${name}`, PROCESS_AUTO_ADVANCE: 'true' })
