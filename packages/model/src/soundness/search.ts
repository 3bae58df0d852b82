/**
 * Plays the token game of `net/net.ts` in every way, breadth first.
 *
 * Invariants:
 * I1. States are numbered in the order of their distance from the beginning, so the first defect met is a nearest one.
 * I2. Every state met holds at most one token on an edge and before a node; the first move that would break it is a defect.
 * I3. `sound` is only said after every reachable state was played.
 */
import type { Net } from '../net/net.ts'
import { Numbers, States } from './states.ts'

/** A node fired; `edge` is the outgoing edge it chose, -1 where it took all or has none. */
export interface Move {
  readonly node: number
  readonly edge: number
}

export type Defect = 'stuck' | 'unsafe' | 'cannot-end' | 'dead-node'

export type SearchResult =
  | { readonly verdict: 'sound' | 'unknown'; readonly states: number }
  | {
      readonly verdict: 'unsound'
      readonly states: number
      readonly defect: Defect
      /** The node it shows at: entered twice, or never fired; -1 for the others. */
      readonly node: number
      /** How to get there from the beginning. */
      readonly moves: readonly Move[]
    }

/**
 * @param options.budget states met at most
 * @param options.endsHold tokens rest before ends too, at most one on an edge; for nets folded by `reduce.ts`
 */
export function search(net: Net, options: { readonly budget: number; readonly endsHold?: boolean }): SearchResult {
  return new Search(net, options.budget, options.endsHold === true).run()
}

class Search {
  readonly #net: Net
  readonly #budget: number
  readonly #endsHold: boolean
  readonly #states: States
  /** By state: the state and the move it was first reached by. */
  readonly #parents = new Numbers()
  readonly #movedNodes = new Numbers()
  readonly #movedEdges = new Numbers()
  /** Moves met, as pairs of states, for the way back from completion. */
  readonly #fromStates = new Numbers()
  readonly #toStates = new Numbers()
  readonly #hasFired: Uint8Array
  readonly #joins: readonly number[]
  readonly #isEnd: readonly boolean[]
  readonly #marking: Uint32Array
  readonly #next: Uint32Array
  /** The state being played; -1 before the beginning. */
  #state = -1

  constructor(net: Net, budget: number, endsHold: boolean) {
    this.#net = net
    this.#budget = budget
    this.#endsHold = endsHold
    this.#states = new States(net.edges.length)
    this.#hasFired = new Uint8Array(net.nodes.length)
    this.#joins = net.nodes.flatMap((node, i) => (node.join === 'any' ? [] : [i]))
    this.#isEnd = net.nodes.map((_, i) => net.outgoing[i]?.length === 0)
    this.#marking = new Uint32Array(this.#states.words)
    this.#next = new Uint32Array(this.#states.words)
  }

  run(): SearchResult {
    const begun = this.#fire(this.#net.start, -1)
    if (begun !== 'moved') return this.#defect('unsafe', begun.node, [begun.move])
    let unsafe: SearchResult | undefined
    // A state at the same distance that is stuck is nearer than the move that breaks I2, so the level is finished first.
    let lastOfLevel = this.#states.count - 1
    for (this.#state = 0; this.#state < this.#states.count; this.#state++) {
      if (this.#state > lastOfLevel) {
        if (unsafe !== undefined) return unsafe
        lastOfLevel = this.#states.count - 1
      }
      if (this.#states.count > this.#budget) return unsafe ?? { verdict: 'unknown', states: this.#budget }
      this.#states.read(this.#state, this.#marking)
      const played = this.#play()
      if (played === 'stuck') return this.#defect('stuck', -1, this.#movesTo(this.#state))
      if (played !== 'moved') unsafe ??= this.#defect('unsafe', played.node, [...this.#movesTo(this.#state), played.move])
    }
    return unsafe ?? this.#whole()
  }

  /** Every move from the current state. */
  #play(): 'moved' | 'stuck' | { readonly node: number; readonly move: Move } {
    const join = this.#joins.find((node) => this.#canFire(node))
    if (join !== undefined) return this.#fire(join, -1)
    let hasMoved = false
    let isEmpty = true
    for (let edge = 0; edge < this.#net.edges.length; edge++) {
      if (!has(this.#marking, edge)) continue
      isEmpty = false
      const node = this.#net.edges[edge]?.to ?? 0
      if (this.#net.nodes[node]?.join !== 'any') continue
      hasMoved = true
      const played = this.#fire(node, edge)
      if (played !== 'moved') return played
    }
    return hasMoved || isEmpty ? 'moved' : 'stuck'
  }

  #canFire(node: number): boolean {
    const { join } = this.#net.nodes[node] ?? { join: 'any' }
    const incoming = this.#net.incoming[node] ?? []
    const need = typeof join === 'object' ? join.need : incoming.length
    if (need > incoming.length) return false
    let count = 0
    for (const edge of incoming) if (has(this.#marking, edge)) count++
    return count >= need
  }

  /** Fires a node in every way it may: each outgoing edge, or all of them. `token` is the edge it consumes, -1 for joins. */
  #fire(node: number, token: number): 'moved' | { readonly node: number; readonly move: Move } {
    const outgoing = this.#net.outgoing[node] ?? []
    this.#hasFired[node] = 1
    const isOneWay = this.#net.nodes[node]?.split === 'all' || outgoing.length <= 1
    const choices = isOneWay ? [-1] : outgoing
    for (const choice of choices) {
      this.#consume(node, token)
      for (const edge of choice === -1 ? outgoing : [choice]) {
        const crowded = this.#put(edge)
        if (crowded !== -1) return { node: crowded, move: { node, edge: choice } }
      }
      this.#meet(this.#state, { node, edge: choice })
    }
    return 'moved'
  }

  #consume(node: number, token: number): void {
    this.#next.set(this.#marking)
    if (token !== -1) return clear(this.#next, token)
    // A `need n` join withdraws its block; its own incoming edges are part of it.
    for (const edge of this.#net.region[node] ?? this.#net.incoming[node] ?? []) clear(this.#next, edge)
  }

  /** Puts a token into the next state; answers the node that would have two at once, or -1. */
  #put(edge: number): number {
    const to = this.#net.edges[edge]?.to ?? 0
    if (this.#isEnd[to] === true && !this.#endsHold) {
      this.#hasFired[to] = 1
      return -1
    }
    if (has(this.#next, edge)) return to
    if (this.#net.nodes[to]?.join === 'any' && this.#isEnd[to] !== true) {
      for (const other of this.#net.incoming[to] ?? []) if (has(this.#next, other)) return to
    }
    set(this.#next, edge)
    return -1
  }

  #meet(parent: number, move: Move): void {
    const added = this.#states.add(this.#next)
    const state = added < 0 ? -1 - added : added
    if (added < 0) {
      this.#parents.push(parent)
      this.#movedNodes.push(move.node)
      this.#movedEdges.push(move.edge)
    }
    if (parent !== -1) {
      this.#fromStates.push(parent)
      this.#toStates.push(state)
    }
  }

  /** All states are known: can each still complete, and did each node fire? */
  #whole(): SearchResult {
    const canComplete = this.#statesThatCanComplete()
    const trapped = canComplete.indexOf(0)
    if (trapped !== -1) return this.#defect('cannot-end', -1, this.#movesTo(trapped))
    const dead = this.#hasFired.indexOf(0)
    if (dead !== -1) return this.#defect('dead-node', dead, [])
    return { verdict: 'sound', states: this.#states.count }
  }

  /** Walks the moves backwards from the empty state. */
  #statesThatCanComplete(): Uint8Array {
    const count = this.#states.count
    const canComplete = new Uint8Array(count)
    this.#next.fill(0)
    const empty = this.#states.add(this.#next)
    if (empty < 0) return canComplete
    const first = new Int32Array(count).fill(-1)
    const following = new Int32Array(this.#toStates.count).fill(-1)
    for (let i = 0; i < this.#toStates.count; i++) {
      const to = this.#toStates.at(i)
      following[i] = first[to] ?? -1
      first[to] = i
    }
    const open = [empty]
    canComplete[empty] = 1
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (let i = first[state] ?? -1; i !== -1; i = following[i] ?? -1) {
        const from = this.#fromStates.at(i)
        if (canComplete[from] === 1) continue
        canComplete[from] = 1
        open.push(from)
      }
    }
    return canComplete
  }

  #movesTo(state: number): readonly Move[] {
    const moves: Move[] = []
    for (let at = state; at !== -1; at = this.#parents.at(at)) moves.push({ node: this.#movedNodes.at(at), edge: this.#movedEdges.at(at) })
    return moves.reverse()
  }

  #defect(defect: Defect, node: number, moves: readonly Move[]): SearchResult {
    return { verdict: 'unsound', states: this.#states.count, defect, node, moves }
  }
}

function has(marking: Uint32Array, edge: number): boolean {
  return (((marking[edge >>> 5] ?? 0) >>> (edge & 31)) & 1) === 1
}

function set(marking: Uint32Array, edge: number): void {
  marking[edge >>> 5] = (marking[edge >>> 5] ?? 0) | (1 << (edge & 31))
}

function clear(marking: Uint32Array, edge: number): void {
  marking[edge >>> 5] = (marking[edge >>> 5] ?? 0) & ~(1 << (edge & 31))
}
