/** Longest word compared; beyond it a suggestion helps nobody and the comparison is quadratic. */
const MAX_WORD = 64

/** The candidate a person most likely meant, or undefined when none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > MAX_WORD) return undefined
  // Two thirds of the letters must be right: farther words are guesses that mislead.
  let best = Math.max(1, Math.floor(word.length / 3)) + 1
  let found: string | undefined
  for (const candidate of candidates) {
    if (candidate.length > MAX_WORD || Math.abs(candidate.length - word.length) >= best) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    // One letter at least must be right: of `a` and `b` neither is meant by the other.
    if (distance < best && distance < Math.min(word.length, candidate.length)) {
      best = distance
      found = candidate
    }
  }
  return found
}

/** "Did you mean x?", or the list when it is short enough to read. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates)
  if (near !== undefined) return `Did you mean ${near}?`
  if (candidates.length === 0 || candidates.length > 20) return undefined
  return `Use one of: ${candidates.join(', ')}.`
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
