import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '@millrace/protocol'
import { operator } from '../bench-host.ts'
import { count, line, measure } from '../measure.ts'

/** Instances that wait for a person: what they cost to start, on disk and in memory, and completing one of them. */
export const parked = async (host: Host, folder: string, print: (text: string) => void, scale: number): Promise<void> => {
  const total = Math.round(100_000 * scale)
  const file = join(folder, 'millrace.db')
  await host.store.maintenance.checkpoint()
  const before = statSync(file).size
  const ids: string[] = []
  const measured = await measure({ total, concurrency: 200 }, async () => {
    ids.push((await host.start({ workspace: 'default', workflow: 'parked' }, operator)).id)
  })
  await host.store.maintenance.checkpoint()
  globalThis.gc?.()
  const bytes = (statSync(file).size - before) / total
  print(
    line(`${count(total)} parked on a person`, measured, `${count(bytes)} bytes each, RSS ${count(process.memoryUsage().rss / 1e6)} MB`),
  )
  const one = await measure({ total: 500, concurrency: 1 }, (n) =>
    host.command(ids[(n * 7919) % ids.length] ?? '', { kind: 'complete', by: operator, step: 1, route: 'approve' }).catch(() => undefined),
  )
  print(line('completing one of them', one))
}
