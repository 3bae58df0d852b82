/**
 * The token game, played a second time in the plainest way: from the rules G1–G7 of model/src/net/net.ts and nothing else. It shares no code with the
 * kernel, nor with the compiled net, so that the two can be wrong only independently of each other.
 *
 * A game is the list of its tokens, each the number of the transition it stands on. An open step is nothing but a token that still stands before its
 * node. Everything is searched anew at every move: slow, and easy to believe.
 */
import type { Model, Node } from '@millrace/model'

/** Where the tokens stand: numbers of transitions of the model, one entry per token. */
export type NaiveGame = readonly number[]

/** Which of a choice's transitions hold now, by number; an absent rule holds always. */
export type Holds = (transition: number) => boolean

export interface Rules {
  readonly model: Model
  readonly holds: Holds
}

/** G1. */
export const beginGame = (rules: Rules): NaiveGame => settle(rules, leaving(rules.model, rules.model.nodes[0]?.id ?? 'start'))

/** A step of this node is complete: its token goes on by `out`, or by every transition where the node splits. */
export const completeStep = (rules: Rules, game: NaiveGame, node: string, out: readonly number[]): NaiveGame => {
  const before = game.findIndex((token) => rules.model.transitions[token]?.to === node)
  if (before < 0) throw new Error(`No token stands before ${node}, so no step of it is open.`)
  return settle(rules, [...game.toSpliced(before, 1), ...out])
}

/** The choice at this node is made anew: its rules may hold by now. */
export const chooseAgain = (rules: Rules, game: NaiveGame, node: string): NaiveGame => {
  const out = taken(rules, node)
  return out === undefined ? game : completeStep(rules, game, node, [out])
}

/** Nodes whose step is open, in order of their names; one entry per step. */
export const openNodes = (rules: Rules, game: NaiveGame): readonly string[] =>
  game
    .map((token) => nodeOf(rules.model, rules.model.transitions[token]?.to ?? ''))
    .filter((node) => node.type !== 'and-join')
    .map((node) => node.id)
    .sort()

/** Tokens that rest before joins, in order of their numbers. */
export const restingTokens = (rules: Rules, game: NaiveGame): readonly number[] =>
  game.filter((token) => nodeOf(rules.model, rules.model.transitions[token]?.to ?? '').type === 'and-join').sort((a, b) => a - b)

/** G7. */
export const isOver = (game: NaiveGame): boolean => game.length === 0

/** The transition a choice takes: the first that holds, else the default; undefined when there is neither. */
export const taken = ({ model, holds }: Rules, node: string): number | undefined => {
  const outgoing = leaving(model, node)
  const isTrue = (transition: number): boolean => {
    const { rule, default: isDefault } = model.transitions[transition] ?? {}
    return rule === undefined ? isDefault !== true : holds(transition)
  }
  return outgoing.find(isTrue) ?? outgoing.find((transition) => model.transitions[transition]?.default === true)
}

/** Whether a node waits for work: a person, a task, time, a message, or a rule that runs elsewhere. */
const hasWork = (model: Model, node: Node): boolean => {
  if (node.type === 'participant' || node.type === 'process' || node.type === 'wait' || node.type === 'container') return true
  return isChoice(node) && leaving(model, node.id).some((transition) => typeof model.transitions[transition]?.rule === 'object')
}

const isChoice = (node: Node): boolean => node.type === 'or-split' || node.type === 'goto'

/** Plays what needs nobody: joins first (G5), then nodes without work, until every token waits. */
const settle = (rules: Rules, begun: NaiveGame): NaiveGame => {
  let game = begun
  for (;;) {
    const next = joinThatFires(rules.model, game) ?? nodeThatPasses(rules, game)
    if (next === undefined) return game
    game = next
  }
}

const joinThatFires = (model: Model, game: NaiveGame): NaiveGame | undefined => {
  for (const node of model.nodes) {
    if (node.type !== 'and-join') continue
    const before = arriving(model, node.id)
    const standing = before.filter((transition) => game.includes(transition))
    const out = leaving(model, node.id)
    // G4: whatever else is in the block is withdrawn.
    if (node.need !== undefined) {
      const block = blockOf(model, node.id)
      if (standing.length >= node.need) return [...game.filter((token) => !block.includes(token)), ...out]
    } else if (standing.length === before.length) {
      // G3
      const left = [...game]
      for (const transition of before) left.splice(left.indexOf(transition), 1)
      return [...left, ...out]
    }
  }
  return undefined
}

/** G2 and G6 for the first token that stands before a node without work. */
const nodeThatPasses = (rules: Rules, game: NaiveGame): NaiveGame | undefined => {
  const { model } = rules
  for (const [place, token] of game.entries()) {
    const node = nodeOf(model, model.transitions[token]?.to ?? '')
    if (node.type === 'and-join' || hasWork(model, node)) continue
    const out = isChoice(node) ? taken(rules, node.id) : undefined
    // No rule holds: it stands there as an open step until it is chosen again.
    if (isChoice(node) && out === undefined) continue
    return [...game.toSpliced(place, 1), ...(out === undefined ? leaving(model, node.id) : [out])]
  }
  return undefined
}

/**
 * The block that a join closes: for the and-split nearest before it, all transitions one can walk from the split without passing the join, if no other
 * walk leads in or out.
 */
const blockOf = (model: Model, join: string): readonly number[] => {
  const blocks = model.nodes
    .filter((node) => node.type === 'and-split')
    .flatMap((split) => {
      const inside = walk(model, split.id, join)
      if (inside.has(split.id)) return []
      const touched = model.transitions
        .map((_, transition) => transition)
        .filter((transition) => isInside(model, transition, inside, split.id))
      const isClosed =
        [...inside].every((node) => arriving(model, node).every((each) => touched.includes(each)) && leaving(model, node).length > 0) &&
        arriving(model, join).every((each) => touched.includes(each))
      return isClosed ? [touched] : []
    })
  return blocks.sort((a, b) => a.length - b.length)[0] ?? arriving(model, join)
}

/** Nodes that can be reached from the split without passing the join. */
const walk = (model: Model, split: string, join: string): ReadonlySet<string> => {
  const found = new Set<string>()
  let edge = [split]
  while (edge.length > 0) {
    const next = edge.flatMap((node) => leaving(model, node).map((transition) => model.transitions[transition]?.to ?? ''))
    edge = next.filter((node) => node !== join && !found.has(node))
    for (const node of edge) found.add(node)
  }
  return found
}

const isInside = (model: Model, transition: number, inside: ReadonlySet<string>, split: string): boolean => {
  const from = model.transitions[transition]?.from ?? ''
  return from === split || inside.has(from)
}

const leaving = (model: Model, node: string): readonly number[] => numbersOf(model, (transition) => transition.from === node)
const arriving = (model: Model, node: string): readonly number[] => numbersOf(model, (transition) => transition.to === node)

const numbersOf = (model: Model, fits: (transition: Model['transitions'][number]) => boolean): readonly number[] =>
  model.transitions.flatMap((transition, number) => (fits(transition) ? [number] : []))

const nodeOf = (model: Model, id: string): Node => {
  const node = model.nodes.find((each) => each.id === id)
  if (node === undefined) throw new Error(`The model has no node ${id}.`)
  return node
}
