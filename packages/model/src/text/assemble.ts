import type { EndNode, Node, Transition } from '../model.ts'
import { nearest } from '../nearest.ts'
import { kindOf, type Located } from './located.ts'
import type { NodeDraft } from './node.ts'
import type { OutgoingDraft } from './outgoing.ts'
import type { Reading } from './reading.ts'
import { titleFromId } from './title.ts'

export interface Graph {
  readonly nodes: readonly Node[]
  readonly transitions: readonly Transition[]
  /** Something about nodes or targets was reported, so that the shape cannot be trusted. */
  readonly isBroken: boolean
}

const START = 'start'
const END = 'end'

/** Joins what was read into a graph: the implicit start and end, unique ids, targets looked up. */
export function assemble(reading: Reading, drafts: readonly NodeDraft[]): Graph {
  const before = reading.problems.length
  const unique = withoutDuplicates(reading, drafts)
  const known = unique.filter(isNode)
  const lost = new Set(unique.filter((draft) => draft.node === undefined).map((draft) => draft.id))
  checkReserved(reading, known)
  const first = known[0]
  const hasStart = first?.node.type === 'start'
  const nodes: Node[] = known.map((draft) => draft.node)
  if (!hasStart) nodes.unshift({ id: START, type: 'start', title: titleFromId(START) })
  const ids = new Set(nodes.map((node) => node.id))
  const targets = known.flatMap((draft) => draft.outgoing.map((outgoing) => textOf(outgoing.to)))
  const needsEnd = !ids.has(END) && (targets.includes(END) || !nodes.some((node) => node.type === 'end'))
  if (needsEnd) {
    nodes.push(IMPLICIT_END)
    ids.add(END)
  }
  const transitions: Transition[] = []
  if (!hasStart && first !== undefined) {
    transitions.push({ from: START, to: first.node.id })
    reading.markOffset('transitions/0', first.offset)
  }
  for (const draft of known) {
    reading.node = draft.node.id
    for (const outgoing of draft.outgoing)
      addTransition(reading, transitions, { draft, outgoing, ids, lost, startId: nodes[0]?.id ?? START })
    reading.node = undefined
  }
  return { nodes, transitions, isBroken: reading.problems.length > before }
}

const IMPLICIT_END: EndNode = { id: END, type: 'end', title: titleFromId(END) }

type KnownDraft = NodeDraft & { readonly node: Node }

function isNode(draft: NodeDraft): draft is KnownDraft {
  return draft.node !== undefined
}

interface Joining {
  readonly draft: KnownDraft
  readonly outgoing: OutgoingDraft
  readonly ids: ReadonlySet<string>
  /** Ids of nodes that could not be read: reported already. */
  readonly lost: ReadonlySet<string>
  readonly startId: string
}

function addTransition(reading: Reading, transitions: Transition[], { draft, outgoing, ids, lost, startId }: Joining): void {
  const to = textOf(outgoing.to)
  const offset = outgoing.to?.offset ?? outgoing.offset
  if (to === undefined) {
    if (outgoing.hasMissingTarget === true) return
    const shown = outgoing.to === undefined ? 'nothing' : kindOf(outgoing.to)
    reading.report('VALUE_TYPE', offset, `A transition of ${draft.node.id} must name a node, not ${shown}.`)
    return
  }
  if (lost.has(to)) return
  if (!ids.has(to)) {
    const near = nearest(to, [...ids, ...lost])
    const hint = near === undefined ? `Add a node with id ${to}, or correct the name.` : `Did you mean ${near}?`
    reading.report('TARGET_UNKNOWN', offset, `${draft.node.id} leads to ${to}, but there is no such node.`, { hint })
    return
  }
  if (to === startId) {
    const hint = 'Lead back to the first step instead.'
    reading.report('TARGET_START', offset, `${draft.node.id} leads back into the start.`, { hint })
    return
  }
  const path = `transitions/${transitions.length}`
  reading.markOffset(path, offset)
  if (outgoing.ruleAt !== undefined) reading.mark(`${path}/rule`, outgoing.ruleAt)
  transitions.push({
    from: draft.node.id,
    to,
    ...(outgoing.rule === undefined ? {} : { rule: outgoing.rule }),
    ...(outgoing.route === undefined ? {} : { route: outgoing.route }),
    ...(outgoing.isDefault === true ? { default: true } : {}),
  })
}

function withoutDuplicates(reading: Reading, drafts: readonly NodeDraft[]): readonly NodeDraft[] {
  const first = new Map<string, NodeDraft>()
  for (const draft of drafts) {
    const { id } = draft
    const known = first.get(id)
    if (known === undefined) {
      first.set(id, draft)
      continue
    }
    reading.node = id
    const { line } = reading.position(known.offset)
    reading.report('NODE_ID_DUPLICATE', draft.offset, `Two nodes have the id ${id}.`, {
      hint: `The first is on line ${line}. Give one another id.`,
    })
    reading.node = undefined
  }
  return [...first.values()]
}

function checkReserved(reading: Reading, drafts: readonly KnownDraft[]): void {
  drafts.forEach((draft, i) => {
    const { id, type } = draft.node
    reading.node = id
    if (type === 'start' && i > 0) {
      reading.report('START_MISPLACED', draft.offset, `Start ${id} is not the first node.`, {
        hint: 'Move it to the top, or remove it: the first node follows the start by itself.',
      })
    }
    if ((id === START && type !== 'start') || (id === END && type !== 'end')) {
      reading.report('NODE_ID_RESERVED', draft.offset, `The id ${id} is kept for the ${id} of the model.`, {
        hint: 'Give this node another id.',
      })
    }
    reading.node = undefined
  })
}

function textOf(value: Located | undefined): string | undefined {
  return value?.kind === 'scalar' && value.source !== '' ? value.source : undefined
}
