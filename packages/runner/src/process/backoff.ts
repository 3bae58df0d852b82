/** Wait before the n-th start in a row that did no work: at once, then 50 ms, doubling up to 5 s. */
export const restartDelayMs = (failures: number): number => (failures === 0 ? 0 : Math.min(50 * 2 ** (failures - 1), 5_000))
