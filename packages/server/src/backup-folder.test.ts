import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestServer } from './server.fixture.ts'

test('a backup stands in the folder with what it holds, and is listed; only one is made at a time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-backups-'))
  const server = await openTestServer({ backups: join(folder, 'new') })
  let finish = () => {}
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  server.store.maintenance.backup = async (file) => {
    await held
    await writeFile(file, 'copy')
    return { bytes: 4, createdAtMs: 1_700_000_000_000, instances: 0, hash: 'abc' }
  }
  expect((await server.call('ada', 'GET /api/v1/backups')).body).toMatchObject({ items: [] })
  const first = server.call<{ name: string }>('ada', 'POST /api/v1/backups')
  expect(await server.call('ada', 'POST /api/v1/backups')).toMatchObject({ status: 409, body: { code: 'EXISTS' } })
  finish()
  expect((await first).status).toBe(201)
  const { name } = (await first).body
  expect(await readdir(join(folder, 'new'))).toContain(name)
  await writeFile(join(folder, 'new', 'damaged.manifest.json'), '{')
  expect((await server.call('ada', 'GET /api/v1/backups')).body).toMatchObject({ items: [{ name, bytes: 4 }] })
  await server.close()
  await rm(folder, { recursive: true })
})

test('a server without a folder says so', async () => {
  const server = await openTestServer()
  expect(await server.call('ada', 'POST /api/v1/backups')).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('no backups') },
  })
  await server.close()
})
