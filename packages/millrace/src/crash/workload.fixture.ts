/** What the processes of the crash test work on: models, a code workflow and people, put into a data folder before the first process starts. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '@millrace/kernel'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { openMillrace } from '../open-millrace.ts'

export const ANA: Actor = { user: 'ana', groups: ['editors'], isOperator: true }

/** Tasks, a person, a choice and time in parallel; its join must fire once. */
const APPROVE = `
id: approve
title: Approve
payload: none
data: { ledger: { type: string } }
nodes:
  - { id: fork, type: and-split, branches: [ask, first, later] }
  - { id: ask, type: participant, assign: "group:editors", routes: { approve: decided, reject: decided } }
  - { id: decided, type: or-join, next: all }
  - { id: first, type: process, task: outside.pay, with: { ledger: "{{ data.ledger }}" }, next: all }
  - { id: later, type: wait, for: 20ms, next: second }
  - { id: second, type: process, task: noop, next: all }
  - { id: all, type: and-join, next: after }
  - { id: after, type: process, task: outside.pay, with: { ledger: "{{ data.ledger }}" }, next: end }
`
/** One at a time. */
const DEPLOY = `
id: deploy
title: Deploy
payload: none
locks: ["deployment:web"]
data: { ledger: { type: string } }
nodes:
  - { id: install, type: process, task: outside.pay, with: { ledger: "{{ data.ledger }}" }, next: check }
  - { id: check, type: process, task: noop, next: end }
`
const PARENT = `
id: parent
title: Parent
payload: none
data: { ledger: { type: string } }
nodes:
  - { id: call, type: container, workflow: child, with: { ledger: "{{ data.ledger }}" }, next: after }
  - { id: after, type: process, task: noop, next: end }
`
const CHILD = `
id: child
title: Child
payload: none
data: { ledger: { type: string } }
nodes:
  - { id: work, type: process, task: outside.pay, with: { ledger: "{{ data.ledger }}" }, next: end }
`
/** Waits for a message of its own. */
const PAID = `
id: paid
title: Paid
payload: none
nodes:
  - { id: wait, type: wait, message: paid, key: "{{ instance.id }}", next: after }
  - { id: after, type: process, task: noop, next: end }
`
const REFUND = `
import { workflow, group } from '@millrace/workflow'
import { z } from 'zod'
export default workflow({ id: 'refund', input: z.object({ ledger: z.string() }) }, async (run, input) => {
  const answer = await run.ask({ to: group('editors'), title: 'Refund', routes: ['approve', 'reject'] })
  await run.sleep('10ms')
  const paid = await run.task('outside.pay', { ledger: input.ledger })
  return { route: answer.route, paid }
})
`

/** Fills a new data folder. */
export const prepareData = async (folder: string): Promise<void> => {
  const host = await openMillrace({ path: join(folder, 'millrace.db'), runner: 'inline' })
  const { people, definitions } = host.store
  await people.saveUser({ name: 'ana', displayName: 'Ana', roles: ['operator'], groups: [], isActive: true, createdAtMs: 0 }, 'test')
  await people.saveGroup({ name: 'editors', title: 'Editors', members: ['ana'] }, 'test')
  for (const text of [CHILD, PARENT, APPROVE, DEPLOY, PAID]) {
    const id = /^id: (\S+)$/m.exec(text)?.[1] ?? ''
    await definitions.saveDraft({ workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 }, null)
    await host.syncModel('default', id, ANA)
  }
  const file = join(folder, 'refund.workflow.ts')
  await writeFile(file, REFUND)
  await host.syncCode('default', await bundleWorkflow(file), ANA)
  await host.close()
}
