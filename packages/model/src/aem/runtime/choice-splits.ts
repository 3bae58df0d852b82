/** Gives the splits back that became routes at import, and makes one for every other choice a person has. */
import type { ImportedChoice, Model, Transition } from '../../model.ts'

/** A transition on its way to AEM, with the split it leaves instead of the participant. */
export interface Exit {
  readonly from: string
  readonly to: string
  /** What it is in the model; absent for one into a split that the model does not have. */
  readonly transition?: Transition
  readonly isDefault?: boolean
}

export interface ChoiceSplit {
  readonly id: string
  /** Node it comes after. */
  readonly after: string
}

export interface ChoiceSplits {
  readonly splits: readonly ChoiceSplit[]
  readonly exits: readonly Exit[]
}

export function restoreChoices(model: Model): ChoiceSplits {
  const splits: ChoiceSplit[] = []
  const exits: Exit[] = []
  const ids = new Set([...model.nodes.map(({ id }) => id), ...(model.imported?.choices ?? []).map(({ split }) => split)])
  for (const node of model.nodes) {
    const outgoing = model.transitions.filter(({ from }) => from === node.id)
    if (!outgoing.some(({ route }) => route !== undefined)) {
      exits.push(...outgoing.map((transition) => ({ from: transition.from, to: transition.to, transition })))
      continue
    }
    const restored = asImported(model, node.id, outgoing) ?? asNew(node.id, outgoing, ids)
    splits.push(...restored.splits)
    exits.push(...restored.exits)
  }
  return { splits, exits }
}

/** The splits as the source had them, unless the routes were changed since. */
function asImported(model: Model, participant: string, outgoing: readonly Transition[]): ChoiceSplits | undefined {
  const choices = model.imported?.choices ?? []
  const root = choices.find(({ after }) => after === participant)
  if (root === undefined) return undefined
  const rest = [...outgoing]
  const splits: ChoiceSplit[] = []
  const exits: Exit[] = [{ from: participant, to: root.split }]
  const visit = (choice: ImportedChoice): boolean => {
    splits.push({ id: choice.split, after: choice.after })
    return choice.branches.every((to, i) => {
      const isDefault = choice.default === i
      const inner = choices.find(({ split, after }) => split === to && after === choice.split)
      if (inner !== undefined) {
        exits.push({ from: choice.split, to, isDefault })
        return visit(inner)
      }
      const transition = rest.shift()
      exits.push({ from: choice.split, to, isDefault, ...(transition === undefined ? {} : { transition }) })
      return transition?.to === to
    })
  }
  return visit(root) && rest.length === 0 ? { splits, exits } : undefined
}

function asNew(participant: string, outgoing: readonly Transition[], ids: Set<string>): ChoiceSplits {
  let number = ids.size
  while (ids.has(`node${number}`)) number += 1
  const id = `node${number}`
  ids.add(id)
  const branches = outgoing.map((transition) => ({ from: id, to: transition.to, transition, isDefault: transition.default === true }))
  return { splits: [{ id, after: participant }], exits: [{ from: participant, to: id }, ...branches] }
}
