import type { Host } from '@millrace/protocol'
import { drained, operator } from '../bench-host.ts'
import { count } from '../measure.ts'

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now()
  await run()
  return performance.now() - begin
}

/** Wide, long and simultaneous: an AND split of 1,000, timers due at once, a loop whose turns must not grow dearer. */
export const shapes = async (host: Host, print: (text: string) => void, scale: number): Promise<void> => {
  const wide = await timed(async () => {
    await host.start({ workspace: 'default', workflow: 'split-1000' }, operator)
    await drained(host)
  })
  print(`AND split of 1,000: ${wide.toFixed(0)} ms from start to end`)

  const total = Math.round(100_000 * scale)
  const until = new Date(Date.now() + Math.max(4_000, total / 10)).toISOString()
  for (let begun = 0; begun < total; begun += 1_000) {
    await Promise.all(
      Array.from({ length: Math.min(1_000, total - begun) }, () =>
        host.start({ workspace: 'default', workflow: 'sleepers', data: { until } }, operator),
      ),
    )
  }
  const wait = Date.parse(until) - Date.now()
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  const late = await timed(() => drained(host))
  print(
    `${count(total)} timers due at once: all done ${(late / 1_000).toFixed(2)} s later (${count((total / Math.max(late, 1)) * 1_000)}/s)`,
  )

  const turns: number[] = []
  const { id } = await host.start({ workspace: 'default', workflow: 'loop', data: { turns: 0 } }, operator)
  let last = performance.now()
  let seen = 0
  for (;;) {
    const instance = await host.instance(id)
    const at = Number(instance?.data['turns'] ?? 0)
    if (at >= seen + 1_000 || instance?.status !== 'RUNNING') {
      turns.push(((performance.now() - last) * 1_000) / Math.max(1, at - seen))
      last = performance.now()
      seen = at
    }
    if (instance?.status !== 'RUNNING') break
    await new Promise((resolve) => setImmediate(resolve))
  }
  print(`loop of ${count(seen)} turns: µs per turn by the thousand: ${turns.map((turn) => turn.toFixed(0)).join(' ')}`)
}
