import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { idOf, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

/** Commits instances one by one and says each number once it is durable, until it is killed. */
const CHILD = `
  import { writeSync } from 'node:fs'
  import { openSqliteStore } from '@millrace/store'
  import { openItem, openTask, tell } from '@millrace/testing/store-contract'
  const store = await openSqliteStore({ path: process.argv[1] })
  for (let n = 1; ; n++) {
    await tell(n).commit(store, n, openTask(1), openItem(2, ['group:editors']))
    writeSync(1, n + '\\n')
  }`

test(
  'what was acknowledged before kill -9 is there afterwards, whole, and the next process opens the folder',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    let acknowledged = 0
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line)
      if (acknowledged === 200) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(acknowledged).toBeGreaterThanOrEqual(200)

    const store = await openSqliteStore({ path })
    const ids = Array.from({ length: acknowledged }, (_, index) => idOf(index + 1))
    const states = await store.instances.load(ids)
    expect(states.size).toBe(acknowledged)
    for (const id of ids) expect(await store.instances.facts(id)).toHaveLength(3)
    // At most the one that was being answered is there beside them, and it is whole too.
    const { items } = await store.queries.instances(
      { workspace: 'default', reader: { user: 'x', groups: [], seesAll: true } },
      { limit: 2 },
    )
    expect([idOf(acknowledged), idOf(acknowledged + 1)]).toContain(items[0]?.id)
    await store.close()
  }),
)
