/**
 * The choices of people. In AEM an OR split without rules right after a participant is not decided by rules: the person sees every
 * branch as a button, named after the title of the branch's first step. Splits of that kind at the beginning of a branch are looked
 * through as well, so two 2-way splits make a 3-way choice.
 */
import type { ImportedChoice, Route } from '../model.ts'
import { isTrue } from './metadata.ts'
import type { AemNode, AemRuntime, AemTransition } from './runtime/runtime.ts'

export interface Choices {
  /** By the split's id. */
  readonly bySplit: ReadonlyMap<string, ImportedChoice>
  /** The participant that is asked, by the split's id. */
  readonly participants: ReadonlyMap<string, string>
}

/** Routes of a choice by the transition that leaves its split. */
export interface ChosenRoute {
  readonly route: Route
  readonly isDefault: boolean
}

export function findChoices(runtime: AemRuntime, isAlways: (transition: AemTransition) => boolean): Choices {
  const graph = new Graph(runtime)
  const bySplit = new Map<string, ImportedChoice>()
  const participants = new Map<string, string>()
  const add = (split: string, after: string, participant: string): void => {
    const exits = graph.exits(split)
    const isDefault = exits.findIndex(({ metaData }) => isTrue(metaData, 'isDefault'))
    bySplit.set(split, { split, after, branches: exits.map(({ to }) => to), ...(isDefault < 0 ? {} : { default: isDefault }) })
    participants.set(split, participant)
    for (const { to } of exits) if (isOpenSplit(graph, to, isAlways)) add(to, split, participant)
  }
  for (const { id, type } of runtime.nodes) {
    const [only, second] = graph.exits(id)
    const isPerson = type === 'PARTICIPANT' || type === 'DYNAMIC_PARTICIPANT'
    if (isPerson && only !== undefined && second === undefined && isOpenSplit(graph, only.to, isAlways)) add(only.to, id, id)
  }
  return { bySplit, participants }
}

/** An OR split that only one transition reaches, without a rule on any branch. */
function isOpenSplit(graph: Graph, id: string, isAlways: (transition: AemTransition) => boolean): boolean {
  const exits = graph.exits(id)
  return graph.typeOf(id) === 'OR_SPLIT' && graph.entries(id) === 1 && exits.length > 0 && exits.every(isAlways)
}

/** The routes of every choice, by transition. Labels are the titles people saw in AEM, numbered where two are alike. */
export function routesOf(runtime: AemRuntime, choices: Choices): ReadonlyMap<AemTransition, ChosenRoute> {
  const graph = new Graph(runtime)
  const routes = new Map<AemTransition, ChosenRoute>()
  for (const [split, choice] of choices.bySplit) {
    if (choices.bySplit.has(choice.after)) continue
    const labels = new Names()
    const names = new Names()
    const visit = (id: string, isDefault: boolean): void => {
      const taken = choices.bySplit.get(id)?.default ?? (id === split ? -1 : 0)
      for (const [i, exit] of graph.exits(id).entries()) {
        const isTaken = isDefault && i === taken
        if (choices.bySplit.has(exit.to)) {
          visit(exit.to, isTaken)
          continue
        }
        const title = firstTitle(graph, exit.to) ?? `Branch ${i + 1}`
        const label = labels.unique(title, (count) => `${title} (${count})`)
        const slug = slugOf(title)
        const name = names.unique(slug, (count) => `${slug}-${count}`)
        routes.set(exit, { route: name === label ? { name } : { name, label }, isDefault: isTaken })
      }
    }
    visit(split, true)
  }
  return routes
}

/** Title of the first step; a branch that begins with a split is named after all it begins with. */
function firstTitle(graph: Graph, id: string, depth = 0): string | undefined {
  const node = graph.node(id)
  if (node === undefined || depth > 8) return undefined
  switch (node.type) {
    case 'OR_SPLIT':
    case 'AND_SPLIT': {
      const titles = graph.exits(id).map(({ to }) => firstTitle(graph, to, depth + 1) ?? '')
      return titles.filter((title) => title !== '').join(node.type === 'OR_SPLIT' ? ' / ' : ' + ') || undefined
    }
    case 'OR_JOIN':
    case 'AND_JOIN':
    case 'END':
      return undefined
    default:
      return node.title.trim() === '' ? undefined : node.title.trim()
  }
}

/** Longest route name made from a title. */
const MAX_SLUG = 40

function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '')
  return /^[a-z]/.test(slug) ? slug : `route${slug === '' ? '' : `-${slug}`}`
}

class Names {
  readonly #taken = new Set<string>()

  unique(name: string, numbered: (count: number) => string): string {
    let unique = name
    for (let count = 2; this.#taken.has(unique); count++) unique = numbered(count)
    this.#taken.add(unique)
    return unique
  }
}

class Graph {
  readonly #nodes: ReadonlyMap<string, AemNode>
  readonly #exits = new Map<string, AemTransition[]>()
  readonly #entries = new Map<string, number>()

  constructor(runtime: AemRuntime) {
    this.#nodes = new Map(runtime.nodes.map((node) => [node.id, node]))
    for (const transition of runtime.transitions) {
      this.#exits.set(transition.from, [...(this.#exits.get(transition.from) ?? []), transition])
      this.#entries.set(transition.to, (this.#entries.get(transition.to) ?? 0) + 1)
    }
  }

  node(id: string): AemNode | undefined {
    return this.#nodes.get(id)
  }

  typeOf(id: string): AemNode['type'] | undefined {
    return this.#nodes.get(id)?.type
  }

  exits(id: string): readonly AemTransition[] {
    return this.#exits.get(id) ?? []
  }

  entries(id: string): number {
    return this.#entries.get(id) ?? 0
  }
}
