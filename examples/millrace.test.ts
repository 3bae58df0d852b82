/** The example project does what it says: what is bound in it runs with the arguments it is bound with. */

import { bindTasks, openBuiltinTasks } from '@millrace/tasks'
import { readProject } from 'millrace/project'
import { afterAll, expect, test } from 'vitest'

const { bind } = (await readProject(import.meta.dirname)).config
const tasks = bindTasks(openBuiltinTasks(), bind)
afterAll(() => tasks.close())

test.each(Object.keys(bind))('%s is bound to a task that takes its arguments', async (task) => {
  const attempt = {
    instance: 'i',
    workspace: 'default',
    workflow: 'imported',
    step: 1,
    node: 'node1',
    attempt: 1,
    task,
    key: 'i:1',
    input: { PROCESS_ARGS: 'agent=preview' },
  }
  expect(await tasks.run(attempt, () => ({ aborted: false, addEventListener: () => undefined }))).toMatchObject({ ok: true })
})
