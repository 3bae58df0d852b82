/** Lists that are never changed in place. */
export function withEntry<T>(list: readonly T[], index: number, entry: T): readonly T[] {
  return list.map((one, i) => (i === index ? entry : one))
}

export function withoutEntry<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, i) => i !== index)
}

/** An entry one place up (-1) or down (1); the same list where there is no place. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const to = index + by
  const [entry, other] = [list[index], list[to]]
  if (entry === undefined || other === undefined) return list
  return list.map((one, i) => (i === index ? other : i === to ? entry : one))
}
