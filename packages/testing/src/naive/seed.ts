/**
 * Seed and number of runs of a property: random each time, printed, and set by `MILLRACE_SEED` to run again what was printed. `MILLRACE_RUNS` multiplies
 * the number of runs, for a long look.
 */
export const runsWithSeed = (name: string, numRuns: number): { readonly seed: number; readonly numRuns: number } => {
  const seed = Number(process.env['MILLRACE_SEED'] ?? (Math.random() * 0x7fff_ffff) | 0)
  process.stdout.write(`${name}: seed ${seed} (MILLRACE_SEED=${seed} runs it again)\n`)
  return { seed, numRuns: Math.ceil(numRuns * Number(process.env['MILLRACE_RUNS'] ?? 1)) }
}
