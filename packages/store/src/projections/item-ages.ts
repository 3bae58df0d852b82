/** Counts of open items by age, per workflow. */
export interface AgeCounter {
  add(workflow: string, createdAtMs: number): void
  rows(): readonly { readonly workflow: string; readonly counts: readonly number[] }[]
}

/** @param sinceMs latest first; what is older than the last is counted after it */
export const createAgeCounter = (sinceMs: readonly number[]): AgeCounter => {
  const counted = new Map<string, number[]>()
  return {
    add: (workflow, createdAtMs) => {
      let counts = counted.get(workflow)
      if (counts === undefined) counted.set(workflow, (counts = Array.from({ length: sinceMs.length + 1 }, () => 0)))
      const age = sinceMs.findIndex((ms) => createdAtMs >= ms)
      const index = age === -1 ? sinceMs.length : age
      counts[index] = (counts[index] ?? 0) + 1
    },
    rows: () => [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([workflow, counts]) => ({ workflow, counts })),
  }
}
