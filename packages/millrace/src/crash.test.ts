/**
 * The real process under load, killed with SIGKILL again and again: no acknowledged start or completion is lost, no join fires twice, `doctor` explains every
 * instance, and no process is left behind. `MILLRACE_KILLS=500` kills more often, `MILLRACE_SEED` repeats when it was killed.
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DoctorReport, Instance } from '@millrace/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from './crash/audit.fixture.ts'
import { type HostProcess, startHost } from './crash/host-process.fixture.ts'
import { Load } from './crash/load.fixture.ts'
import { prepareData } from './crash/workload.fixture.ts'

const KILLS = Number(process.env['MILLRACE_KILLS'] ?? 20)
const SEED = Number(process.env['MILLRACE_SEED'] ?? (Math.random() * 0x7fff_ffff) | 0)
/** A kill, with the start of the next process, on a machine that does other things too. */
const KILL_MS = 6_000

/** Mulberry32: small, and the same everywhere. */
const randomOf = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

describe('a host that is killed', () => {
  let folder: string
  let path: string
  let ledger: string
  let running: HostProcess | undefined
  const defects: string[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-crash-'))
    path = join(folder, 'millrace.db')
    ledger = join(folder, 'ledger')
    await writeFile(ledger, '')
    defects.length = 0
    await prepareData(folder)
  })
  afterEach(async () => {
    await running?.kill().catch(() => undefined)
    running = undefined
    await rm(folder, { recursive: true, force: true })
  })

  const start = (): HostProcess => {
    running = startHost(path, (told) => {
      if (told.kind === 'defect') defects.push(told.text)
    })
    return running
  }

  const explained = async (host: HostProcess): Promise<DoctorReport> => {
    const report = await host.ask<DoctorReport>({ kind: 'doctor' })
    expect(report.stale.map(({ why, ...row }) => `${row.status} ${row.workflow} ${row.instance}: ${JSON.stringify(why)}`)).toEqual([])
    return report
  }

  it(
    `loses nothing it acknowledged and does nothing twice in ${KILLS} kills`,
    async () => {
      process.stdout.write(`crash test: seed ${SEED} (MILLRACE_SEED=${SEED} kills at the same places)\n`)
      const random = randomOf(SEED)
      const load = new Load({ ledger, random })
      const working = load.run(16)
      for (let kills = 0; kills < KILLS; kills++) {
        const host = start()
        // Now and then before it serves: while it takes up what the last one left.
        if (random() < 0.2) {
          expect(await host.kill()).toEqual([])
          continue
        }
        await host.ready
        await explained(host)
        const enough = load.acknowledged(1 + Math.floor(random() * 80))
        load.serve(host)
        await Promise.race([enough, working])
        expect(await host.kill()).toEqual([])
      }
      const last = start()
      await last.ready
      load.serve(last)
      load.stop()
      await working
      for (let open = Number.POSITIVE_INFINITY; open > 0; ) ({ open } = await explained(last))
      expect(await last.close()).toEqual({ code: 0, left: [] })
      running = undefined

      const found = await audit(path, load)
      expect(found.wrong).toEqual([])
      expect(defects).toEqual([])
      const lines = (await readFile(ledger, 'utf8')).trim().split('\n')
      expect(new Set(lines)).toEqual(new Set(found.paid))
      process.stdout.write(
        `crash test: ${KILLS} kills, ${found.instances} instances, ${load.starts.size} starts and ${load.completions.length} completions acknowledged, ` +
          `${found.paid.length} payments in ${lines.length} tries\n`,
      )
      expect(load.starts.size).toBeGreaterThan(KILLS)
    },
    60_000 + KILLS * KILL_MS,
  )

  it('gives an answer that comes after its restart to the refund that waited, once', async () => {
    const first = start()
    await first.ready
    const { id } = await first.ask<{ readonly id: string }>({ kind: 'start', workflow: 'refund', key: 'a', ledger })
    const before = await first.ask<Instance>({ kind: 'instance', instance: id })
    expect(before.why).toMatchObject({ code: 'PERSON', who: ['group:editors'] })
    expect(await first.kill()).toEqual([])

    const second = start()
    await second.ready
    const report = await explained(second)
    expect(report.rows.map((row) => row.why.code)).toEqual(['PERSON'])
    await second.ask({ kind: 'complete', instance: id, step: before.steps[0]?.step ?? 0, route: 'approve', key: 'b' })
    for (let status = 'RUNNING'; status === 'RUNNING'; ) ({ status } = await second.ask<Instance>({ kind: 'instance', instance: id }))
    expect(await second.ask<Instance>({ kind: 'instance', instance: id })).toMatchObject({
      status: 'COMPLETED',
      output: { route: 'approve', paid: { paid: `${id}:3` } },
    })
    expect(await second.close()).toEqual({ code: 0, left: [] })
    running = undefined
    expect(await readFile(ledger, 'utf8')).toBe(`${id}:3\n`)
    expect(defects).toEqual([])
  }, 60_000)
})
