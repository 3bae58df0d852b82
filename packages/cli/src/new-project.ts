import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The files of a new project: small enough to be read whole, and each shows one thing: a model with a person in it and its scenario, a code
 * workflow with a task, who is who.
 */
export const newProject = (name: string): { readonly [path: string]: string } => ({
  'millrace.yaml': millraceYaml(name),
  'models/review.yaml': MODEL,
  'models/review.test.yaml': SCENARIOS,
  'workflows/refund.workflow.ts': WORKFLOW,
  'workflows/refund.task.ts': TASK,
  'package.json': packageJson(name),
  'tsconfig.json': TSCONFIG,
  '.gitignore': '.millrace/\nnode_modules/\n',
  'README.md': readme(name),
})

const millraceYaml = (name: string): string => `# What belongs to this project. Everything may be left out.
name: ${JSON.stringify(name)}

# Made at the first start; change them afterwards in the console or with "millrace user" and "millrace group".
people:
  groups:
    editors: { title: Editors, members: [admin] }
    finance: { title: Finance, members: [admin] }

# Names that imported models use, and the task that does the work here:
# bind:
#   "aem:com.example.Publish": { task: http.request, with: { method: POST, url: "https://live.example.org/publish" }, replace: true }

# Where task mail.send sends to:
# mail: { host: localhost, port: 1025, from: "Millrace <workflow@example.org>" }
`

const MODEL = `# An editor decides; rejected, it goes back to whoever started it.
id: review
title: Review a page
payload: path
data:
  reason: { type: string, title: What should change }

nodes:
  - id: review
    type: participant
    title: Review {{ payload.path }}
    assign: group:editors
    due: P1D
    timeout: { after: P2D, then: remind }
    routes:
      approve: { to: announce, label: Approve, style: primary }
      reject: { to: rework, label: Send back, style: danger, commentRequired: true }

  - id: rework
    type: participant
    title: Rework {{ payload.path }}
    assign: initiator
    next: review

  - id: announce
    type: process
    task: log
    with: { message: "{{ payload.path }} is approved" }
    next: end
`

const SCENARIOS = `# Scenarios of review.yaml: "millrace check" plays them, "millrace simulate models/review.yaml" shows what happens.
start: { payload: /content/home, by: bo }

scenarios:
  - name: An editor approves
    steps:
      - { complete: review, route: approve }
    expect:
      status: COMPLETED
      nodes: [review, announce]
      tasks: [{ task: log, input: { message: /content/home is approved } }]

  - name: It goes back to the author once
    steps:
      - { complete: review, route: reject, comment: The price is missing }
      - expect: { items: [{ node: rework, for: user:bo }] }
      - { complete: rework, by: bo }
      - { complete: review, route: approve }
    expect: { status: COMPLETED, nodes: [review, rework, review, announce] }

  - name: Nobody decides for two days
    steps:
      - { wait: 2d }
    expect: { status: RUNNING, open: [review], notified: [editors opened, editors reminded] }
`

const WORKFLOW = `import { group, workflow } from '@millrace/workflow'
import { z } from 'zod'
import { refund } from './refund.task.ts'

const Input = z.object({ orderId: z.string(), amount: z.number().positive() })

/** Small refunds are paid at once; larger ones wait for somebody of finance, for as long as it takes. */
export default workflow({ id: 'refund', title: 'Refund an order', input: Input }, async (run, input) => {
  if (input.amount < 10) return run.task(refund, input)
  const answer = await run.ask({
    to: group('finance'),
    title: \`Refund \${input.orderId}: \${input.amount} €\`,
    routes: ['approve', 'reject'],
    dueIn: '2d',
  })
  return answer.route === 'approve' ? run.task(refund, input) : { status: 'rejected', by: answer.by }
})
`

const TASK = `import { defineTask } from '@millrace/workflow'
import { z } from 'zod'

/** Runs outside the workflow and may do whatever Node can. \`context.key\` is the same on every try: give it to the bank. */
export const refund = defineTask(
  {
    name: 'refund.pay',
    title: 'Pay the money back',
    input: z.object({ orderId: z.string(), amount: z.number().positive() }),
    retry: { attempts: 5 },
    timeout: '30s',
  },
  async ({ orderId, amount }, context) => {
    context.log(\`Paid \${amount} € for order \${orderId}\`)
    return { status: 'paid', reference: context.key }
  },
)
`

const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2024",
    "module": "nodenext",
    "strict": true,
    "noEmit": true,
    "allowImportingTsExtensions": true,
    "erasableSyntaxOnly": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true
  },
  "include": ["workflows"]
}
`

/** In a checkout the types come from there; installed, they are a package like any other. */
const workflowPackage = (): string => {
  if (import.meta.url.endsWith('.ts')) return `file:${fileURLToPath(new URL('../../workflow', import.meta.url))}`
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version
}

const packageJson = (name: string): string => {
  // npm knows no other letters in a name.
  const safe = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
  const devDependencies = { '@millrace/workflow': workflowPackage(), zod: '^4' }
  return `${JSON.stringify({ name: safe === '' ? 'workflows' : safe, private: true, type: 'module', devDependencies }, undefined, 2)}\n`
}

const readme = (name: string): string => `# ${name}

Workflows for Millrace: people and code that hand work to each other.

\`\`\`sh
millrace check                                     # what is wrong, and do the scenarios pass
millrace start                                     # serve this project on http://127.0.0.1:7400
millrace start review --payload /content/home      # in another terminal: start an instance
millrace inbox                                     # it waits for an editor
millrace work-item approve ITEM
millrace start refund --input '{ "orderId": "42", "amount": 30 }' --follow
\`\`\`

| | |
| --- | --- |
| \`models/review.yaml\` | a workflow as a graph: an editor approves, or sends it back |
| \`models/review.test.yaml\` | its scenarios, played by \`millrace check\` |
| \`workflows/refund.workflow.ts\` | a workflow in TypeScript that waits for a person |
| \`workflows/refund.task.ts\` | the work it hands out |
| \`millrace.yaml\` | people, bindings and the mail server |

\`npm install\` gives your editor the types; Millrace itself needs nothing installed.

\`millrace dev\` serves the project and makes a new version of each file as you save it. \`millrace sync\` publishes to another server after
\`millrace login URL\`.
`
