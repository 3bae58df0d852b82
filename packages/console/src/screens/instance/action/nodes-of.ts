/** A node as one is chosen in a form. */
export interface NodeChoice {
  readonly id: string
  readonly title: string
  /** Ways out that have a name. */
  readonly routes: readonly { readonly name: string; readonly label: string }[]
}

/** Nodes of a parsed model as the server gives it, in its order; start and end do no work and are left out. */
export const nodesOf = (model: { readonly [name: string]: unknown }): readonly NodeChoice[] => {
  const transitions = listOf(model.transitions)
  return listOf(model.nodes).flatMap(({ id, title, type }) => {
    if (typeof id !== 'string' || type === 'start' || type === 'end') return []
    const routes = transitions.flatMap(({ from, route }) => {
      if (from !== id || !isRecord(route) || typeof route.name !== 'string') return []
      return [{ name: route.name, label: typeof route.label === 'string' ? route.label : route.name }]
    })
    return [{ id, title: typeof title === 'string' ? title : id, routes }]
  })
}

type Item = { readonly [name: string]: unknown }

const isRecord = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly Item[] => (Array.isArray(value) ? value.filter(isRecord) : [])
