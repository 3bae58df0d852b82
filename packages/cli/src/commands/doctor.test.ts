import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openCli } from '../cli.fixture.ts'

let cli: Awaited<ReturnType<typeof openCli>>
beforeAll(async () => {
  cli = await openCli({})
})
afterAll(() => cli.close())

it('lists what nothing explains first, and fails because of it', async () => {
  const why = { code: 'STALE' as const, params: {}, sinceMs: 0, blockers: [], who: [], more: 0 }
  const lost = { instance: '01a1fba7-be59-7000-b80f-938aa4d82bff', workflow: 'review', title: 'Lost', status: 'RUNNING' as const, why }
  if (cli.served === undefined) throw new Error('no server')
  vi.spyOn(cli.served.host, 'doctor').mockResolvedValue({ open: 1, stale: [lost], rows: [], checkedAtMs: 0 })
  const { code, out } = await cli.millrace('doctor')
  expect(out).toMatch(/a4d82bff +review +Lost +STALE/)
  expect(out).toContain('1 open, 1 STALE.')
  expect(code).toBe(1)
})
