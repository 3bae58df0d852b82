import type { TimelineRow } from '@millrace/protocol'

/** A loop of so many turns, a second each: queue, work, now and then a retry or a person. */
export function manyRows(count: number, beganMs: number): readonly TimelineRow[] {
  return Array.from({ length: count }, (_, i) => {
    const from = beganMs + i * 1_000
    return {
      step: i + 1,
      node: `node-${i % 7}`,
      title: `Step ${i + 1} of the loop`,
      run: 1,
      spans: [
        { cause: 'queue', fromMs: from, toMs: from + 200 },
        { cause: i % 5 === 0 ? 'person' : 'compute', fromMs: from + 200, toMs: from + 600 },
        { cause: i % 3 === 0 ? 'retry' : 'compute', fromMs: from + 600, toMs: from + 1_000 },
      ],
      end: 'closed',
    }
  })
}
