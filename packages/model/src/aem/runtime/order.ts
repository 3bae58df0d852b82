/**
 * The order Sync writes: transitions as they are met on the way through the blocks, nodes by number.
 *
 * Every branch of a split is followed to the join before the next one is begun; what leaves the join comes after all of them. In a
 * graph that is no nest of blocks the same walk meets each node once, and what it cannot reach comes last.
 */
import type { AemNode, AemTransition } from './runtime.ts'

export function inSyncOrder(nodes: readonly AemNode[], transitions: readonly AemTransition[]): readonly AemTransition[] {
  const walk = new Walk(nodes, transitions)
  const start = nodes.find(({ type }) => type === 'START')
  if (start !== undefined) walk.from(start.id)
  const met = new Set(walk.met)
  return [...met, ...transitions.filter((transition) => !met.has(transition))]
}

class Walk {
  readonly met: AemTransition[] = []
  readonly #types: ReadonlyMap<string, string>
  readonly #exits = new Map<string, AemTransition[]>()
  readonly #seen = new Set<string>()

  constructor(nodes: readonly AemNode[], transitions: readonly AemTransition[]) {
    this.#types = new Map(nodes.map(({ id, type }) => [id, type]))
    for (const transition of transitions) this.#exits.set(transition.from, [...(this.#exits.get(transition.from) ?? []), transition])
  }

  /** Follows a chain to its end; gives the joins it led to that are still to be left. */
  from(first: string): readonly string[] {
    const joins: string[] = []
    let id: string | undefined = first
    while (id !== undefined && !this.#seen.has(id)) {
      this.#seen.add(id)
      const exits: readonly AemTransition[] = this.#exits.get(id) ?? []
      // A split of one branch ends at its join like any other.
      if (exits.length === 1 && this.#types.get(id)?.endsWith('_SPLIT') !== true) {
        id = this.#take(exits[0], joins)
        continue
      }
      const inside = exits.flatMap((exit) => this.#branch(exit))
      id = inside.find((join) => !this.#seen.has(join))
    }
    return joins
  }

  #branch(exit: AemTransition): readonly string[] {
    const joins: string[] = []
    const next = this.#take(exit, joins)
    return next === undefined ? joins : [...joins, ...this.from(next)]
  }

  /** The node to go on with; a join is remembered instead, it is left when all branches are done. */
  #take(exit: AemTransition | undefined, joins: string[]): string | undefined {
    if (exit === undefined) return undefined
    this.met.push(exit)
    if (this.#types.get(exit.to)?.endsWith('_JOIN') !== true) return exit.to
    joins.push(exit.to)
    return undefined
  }
}

/** By number where all ids are AEM's own (`node7`); else as they are. */
export function inNumberOrder(nodes: readonly AemNode[]): readonly AemNode[] {
  const numberOf = ({ id }: AemNode): number => Number(/^node(\d+)$/.exec(id)?.[1] ?? Number.NaN)
  return nodes.some((node) => Number.isNaN(numberOf(node))) ? nodes : [...nodes].sort((a, b) => numberOf(a) - numberOf(b))
}
