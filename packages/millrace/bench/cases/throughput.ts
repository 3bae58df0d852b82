import type { Host } from '@millrace/protocol'
import { drained, operator } from '../bench-host.ts'
import { count, line, measure } from '../measure.ts'

/** Starts and steps per second in process: graphs and code, 1 and 10 steps, alone and 200 at a time. */
export const throughput = async (host: Host, print: (text: string) => void, scale: number): Promise<void> => {
  for (const [kind, workflow, steps] of [
    ['graph', 'chain-1', 1],
    ['graph', 'chain-10', 10],
    ['code', 'code-1', 1],
    ['code', 'code-10', 10],
    ['transient graph', 'chain-10-transient', 10],
  ] as const) {
    for (const concurrency of [200, 1]) {
      const total = Math.round(((concurrency === 1 ? 2_000 : 40_000) * scale) / (steps === 10 ? 4 : 1))
      const start = () => host.start({ workspace: 'default', workflow }, operator)
      await measure({ total: Math.ceil(total / 4), concurrency, drain: () => drained(host) }, start) // warm
      const measured = await measure({ total, concurrency, drain: () => drained(host) }, start)
      print(
        line(
          `${kind}, ${steps} ${steps === 1 ? 'step' : 'steps'}, ${concurrency} at once`,
          measured,
          steps === 1 ? '' : `${count(measured.perSecond * steps)} steps/s`,
        ),
      )
    }
  }
}
