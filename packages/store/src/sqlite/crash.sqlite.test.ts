import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { idOf, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

test(
  'what was acknowledged before kill -9 is there afterwards, whole, and the next process opens the folder',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const child = spawn(process.execPath, [fileURLToPath(new URL('crash-child.ts', import.meta.url)), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
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
