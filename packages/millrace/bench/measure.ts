/** Rates and latencies of one case, with the processor time it took: the figure that other programs on the machine disturb least. */
export interface Measured {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuUs: number
}

/** Runs `total` calls, `concurrency` at a time; `drain` waits until what they began is done, and counts towards the rate. */
export const measure = async (
  options: { readonly total: number; readonly concurrency: number; readonly drain?: () => Promise<void> },
  call: (n: number) => Promise<unknown>,
): Promise<Measured> => {
  const times: number[] = []
  let next = 0
  const cpu = process.cpuUsage()
  const begin = performance.now()
  const worker = async (): Promise<void> => {
    while (next < options.total) {
      const n = next++
      const start = performance.now()
      await call(n)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, worker))
  await options.drain?.()
  const seconds = (performance.now() - begin) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: options.total / seconds, p50Ms: at(0.5), p99Ms: at(0.99), cpuUs: (user + system) / options.total }
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** A line of the report. */
export const line = (name: string, { perSecond, p50Ms, p99Ms, cpuUs }: Measured, more = ''): string =>
  `${name.padEnd(46)} ${whole.format(perSecond).padStart(9)}/s  p50 ${p50Ms.toFixed(2).padStart(8)} ms  p99 ${p99Ms.toFixed(2).padStart(8)} ms  ${cpuUs.toFixed(1).padStart(7)} µs cpu each${more === '' ? '' : `  ${more}`}`

export const count = (value: number): string => whole.format(value)
