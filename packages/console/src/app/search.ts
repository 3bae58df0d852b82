/** The search part of an address comes from anywhere: only what a page knows is read, and only as text. */
export const textIn = <const N extends string>(
  search: { readonly [name: string]: unknown },
  ...names: readonly N[]
): { [K in N]?: string } => {
  const found: { [K in N]?: string } = {}
  for (const name of names) {
    const value = search[name]
    if (typeof value === 'string' && value !== '') found[name] = value
    else if (typeof value === 'number' || typeof value === 'boolean') found[name] = String(value)
  }
  return found
}
